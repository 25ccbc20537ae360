import { DEFAULT_RUNTIMES } from '../../runtimes.ts';
import type { Data } from '../values.ts';
import { addResource, type Draft, type Grant, setResource } from './draft.ts';
import { getAtt, ref } from './resources.ts';
import { policyDocument, rolePolicies, trust } from './statements.ts';

const FUNCTION = 'CustomResources';
const LOGS = 'CustomResourcesLogGroup';
const ROLE = 'CustomResourcesRole';
/** The longest that unpacking a site may take; CloudFormation is answered before it is over. */
const TIMEOUT = 900;
/** The function always answers; where it cannot even start, CloudFormation need not wait for an hour. */
const SERVICE_TIMEOUT = TIMEOUT + 60;
const MEMORY = 512;

/** A resource that the action's own function stands behind. */
export interface OwnCustomResource {
  readonly type: 'Artifact' | 'BucketNotification' | 'ReceiptRuleSet' | 'Site';
  readonly properties: Readonly<Record<string, Data>>;
  /** What the function needs for it. */
  readonly grants: readonly Grant[];
  readonly dependsOn?: readonly string[];
}

/**
 * Adds a custom resource; the function comes with the first. Each has a policy of its own for the function, which is
 * made before the resource and deleted after it, even when only this resource is removed.
 *
 * @returns the logical ID; that of the policy is the same with `Policy` behind
 */
export function customResource(
  draft: Draft,
  id: string,
  { type, properties, grants, dependsOn = [] }: OwnCustomResource,
): string {
  const logicalId = addResource(draft, id, {
    Type: `Custom::Sparta${type}`,
    DependsOn: [...dependsOn, `${id}Policy`],
    Properties: { ServiceToken: getAtt(FUNCTION, 'Arn'), ServiceTimeout: SERVICE_TIMEOUT, ...properties },
  });
  setResource(draft, `${id}Policy`, {
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName: id, PolicyDocument: policyDocument(grants), Roles: [ref(ROLE)] },
  });
  draft.customResources.push(logicalId);
  return logicalId;
}

/** The function behind the custom resources, and its role, where there are any. */
export function addCustomResourceFunction(draft: Draft): void {
  if (draft.customResources.length === 0) return;
  setResource(draft, LOGS, { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 14 } });
  const logs: Grant = {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [getAtt(LOGS, 'Arn')],
  };
  setResource(draft, ROLE, {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
      Policies: rolePolicies('CustomResources', [logs]),
    },
  });
  setResource(draft, FUNCTION, {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Description: 'Does for CloudFormation what it has no resource type for',
      Handler: 'index.handler',
      Runtime: DEFAULT_RUNTIMES.node,
      Architectures: ['arm64'],
      MemorySize: MEMORY,
      Timeout: TIMEOUT,
      Role: getAtt(ROLE, 'Arn'),
      LoggingConfig: { LogGroup: ref(LOGS) },
      Code: { S3Bucket: '', S3Key: '' },
    },
  });
  draft.assets.push({
    source: { kind: 'custom-resources' },
    targets: [{ logicalId: FUNCTION, path: ['Code'], bucket: 'S3Bucket', key: 'S3Key' }],
  });
}
