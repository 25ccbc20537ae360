import { versionHash } from '../../template/assets/lambda-version.ts';
import type { Json, JsonObject } from '../../template/types.ts';
import type { FunctionDefinition, UrlDefinition } from '../function-types.ts';
import type { Fragment } from './fragment.ts';
import { logicalId } from './ids.ts';

/**
 * The version of a function, its aliases, and its URL.
 *
 * @param id logical ID of the function
 * @param resource its AWS::Lambda::Function
 * @param codeHash of its archive or image: Lambda publishes a version only of what changed, so the version's logical ID
 *   follows code and configuration
 */
export function publishedResources(
  id: string,
  fn: FunctionDefinition,
  resource: JsonObject,
  codeHash: string,
): Fragment {
  const wanted = publishesVersion(fn);
  const content = versionHash(resource, codeHash).slice(0, 10);
  const versionId = `${id}Version${content}`;
  const details = typeof fn.version === 'object' ? fn.version : {};
  const version: JsonObject = {
    Type: 'AWS::Lambda::Version',
    // Older versions stay callable: aliases may send them a share of the calls. They go with the function.
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      FunctionName: { Ref: id },
      ...(details.description !== undefined && { Description: details.description }),
      ...provisioned(details.provisionedConcurrency),
    },
  };
  const aliases = Object.entries(fn.aliases ?? {}).map(([name, alias]): [string, JsonObject] => [
    aliasId(id, name),
    {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        Name: name,
        FunctionName: { Ref: id },
        FunctionVersion: { 'Fn::GetAtt': [versionId, 'Version'] },
        ...(alias.description !== undefined && { Description: alias.description }),
        ...provisioned(alias.provisionedConcurrency),
        ...(alias.weights && {
          RoutingConfig: {
            AdditionalVersionWeights: Object.entries(alias.weights).map(
              ([FunctionVersion, FunctionWeight]) => ({
                FunctionVersion,
                FunctionWeight,
              }),
            ),
          },
        }),
      },
    },
  ]);
  const url = fn.url === true ? {} : fn.url || undefined;
  return {
    Resources: {
      ...(wanted && { [versionId]: version }),
      ...Object.fromEntries(aliases),
      ...(url && urlResources(id, url)),
    },
    ...(url && {
      Outputs: {
        [`${id}Url`]: {
          Description: `Address of ${id}`,
          Value: { 'Fn::GetAtt': [`${id}Url`, 'FunctionUrl'] },
        },
      },
    }),
  };
}

/** Whether a version of the function is published. */
export const publishesVersion = (fn: FunctionDefinition): boolean =>
  Boolean(fn.version || fn.snapStart || fn.aliases !== undefined);

/** Logical ID of an alias of a function. */
export const aliasId = (id: string, name: string): string => `${id}${logicalId(name)}Alias`;

const provisioned = (executions: number | undefined): JsonObject =>
  executions === undefined
    ? {}
    : { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: executions } };

/** Source: AWS Lambda Developer Guide, "Control access to Lambda function URLs": callers need both permissions. */
function urlResources(id: string, url: UrlDefinition): Record<string, JsonObject> {
  const { auth = 'iam', alias, streaming, cors } = url;
  const target = alias === undefined ? { Ref: id } : { Ref: aliasId(id, alias) };
  const open = (Action: string, more: JsonObject): JsonObject => ({
    Type: 'AWS::Lambda::Permission',
    Properties: { Action, FunctionName: target, Principal: '*', ...more },
  });
  return {
    [`${id}Url`]: {
      Type: 'AWS::Lambda::Url',
      ...(alias !== undefined && { DependsOn: aliasId(id, alias) }),
      Properties: {
        AuthType: auth === 'none' ? 'NONE' : 'AWS_IAM',
        TargetFunctionArn: { 'Fn::GetAtt': [id, 'Arn'] },
        ...(alias !== undefined && { Qualifier: alias }),
        InvokeMode: streaming ? 'RESPONSE_STREAM' : 'BUFFERED',
        ...(cors && { Cors: corsProperties(cors) }),
      },
    },
    ...(auth === 'none' && {
      [`${id}UrlPermission`]: open('lambda:InvokeFunctionUrl', { FunctionUrlAuthType: 'NONE' }),
      [`${id}UrlInvokePermission`]: open('lambda:InvokeFunction', { InvokedViaFunctionUrl: true }),
    }),
  };
}

function corsProperties(cors: NonNullable<UrlDefinition['cors']>): JsonObject {
  const all: readonly (readonly [string, Json | undefined])[] = [
    ['AllowOrigins', cors.origins as Json | undefined],
    ['AllowMethods', cors.methods as Json | undefined],
    ['AllowHeaders', cors.headers as Json | undefined],
    ['ExposeHeaders', cors.exposeHeaders as Json | undefined],
    ['AllowCredentials', cors.credentials],
    ['MaxAge', cors.maxAge],
  ];
  return Object.fromEntries(all.filter((pair): pair is readonly [string, Json] => pair[1] !== undefined));
}
