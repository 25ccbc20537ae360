import type { JsonObject } from '../../template/types.ts';
import { region } from './constants.ts';

const user = { sub: 'a1b2c3d4-0000-4000-8000-000000000000', email: 'user@example.com' };

/** An event of a user pool. Source: Amazon Cognito Developer Guide, "Customizing user pool workflows with Lambda triggers". */
const trigger =
  (triggerSource: string, request: JsonObject, response: JsonObject = {}) =>
  (): JsonObject => ({
    version: '1',
    region,
    userPoolId: `${region}_Example`,
    userName: 'example',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'exampleclientid' },
    triggerSource,
    request: { userAttributes: { ...user }, ...request },
    response,
  });

const preSignUp = trigger(
  'PreSignUp_SignUp',
  { validationData: {} },
  { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
);
const challenge = { session: [], userNotFound: false };

/** One for each trigger of a user pool. */
export const cognitoEvents: Readonly<Record<string, () => JsonObject>> = {
  cognito: preSignUp,
  'cognito-create-challenge': trigger('CreateAuthChallenge_Authentication', {
    ...challenge,
    challengeName: 'CUSTOM_CHALLENGE',
  }),
  'cognito-custom-message': trigger(
    'CustomMessage_SignUp',
    { codeParameter: '{####}', usernameParameter: '{username}' },
    { smsMessage: null, emailMessage: null, emailSubject: null },
  ),
  'cognito-define-challenge': trigger('DefineAuthChallenge_Authentication', challenge, {
    challengeName: null,
    issueTokens: false,
    failAuthentication: false,
  }),
  'cognito-migrate-user': trigger(
    'UserMigration_Authentication',
    { password: 'example', validationData: {} },
    { userAttributes: null, finalUserStatus: null, messageAction: null },
  ),
  'cognito-post-authentication': trigger('PostAuthentication_Authentication', { newDeviceUsed: false }),
  'cognito-post-confirmation': trigger('PostConfirmation_ConfirmSignUp', {}),
  'cognito-pre-authentication': trigger('PreAuthentication_Authentication', { validationData: {} }),
  'cognito-pre-sign-up': preSignUp,
  'cognito-pre-token': trigger(
    'TokenGeneration_Authentication',
    {
      groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
    },
    { claimsOverrideDetails: null },
  ),
  'cognito-verify-challenge': trigger(
    'VerifyAuthChallengeResponse_Authentication',
    { privateChallengeParameters: {}, challengeAnswer: 'answer' },
    { answerCorrect: false },
  ),
};
