import type { Json, JsonObject } from '../../template/types.ts';
import { connectorsOf } from '../connector/index.ts';
import type { Build } from '../context.ts';
import { trusts } from '../iam/documents.ts';
import { generated, getAtt, ref } from '../resource.ts';
import type { Generated, SamSource } from '../types.ts';

/** A GraphQL API while its parts are made. */
export interface GraphqlApi {
  readonly source: SamSource;
  readonly build: Build;
  /** What refers to the API. */
  readonly apiId: JsonObject;
  /** Names of data sources, by the names that the author gave them here. */
  readonly dataSources: Map<string, Json>;
  /** IDs of functions, by the names that the author gave them here. */
  readonly functions: Map<string, Json>;
}

/** A resource of an API; its logical ID begins with the API's. */
export const part = (
  { source }: GraphqlApi,
  [suffix, type]: readonly [suffix: string, type: string],
  properties: Generated['properties'],
): Generated =>
  generated(source.logicalId + suffix, type, {
    attributes: source.attributes,
    ...(source.dependsOn !== undefined && { dependsOn: source.dependsOn }),
    properties,
  });

/** The role that AppSync takes for a part of an API. */
export const appsyncRole = (api: GraphqlApi, suffix: string, managed?: Json): Generated =>
  part(api, [suffix, 'AWS::IAM::Role'], {
    AssumeRolePolicyDocument: trusts('appsync.amazonaws.com'),
    ManagedPolicyArns: managed === undefined ? undefined : [managed],
  });

/** What lets a part of an API use another resource. */
export const connected = (
  { source, build }: GraphqlApi,
  suffix: string,
  properties: { readonly Source: JsonObject; readonly Destination: JsonObject; readonly Permissions: Json },
): Generated[] =>
  connectorsOf(
    {
      logicalId: source.logicalId + suffix,
      resource: {},
      properties: { ...properties },
      dependsOn: undefined,
      attributes: {},
      passed: {},
    },
    build,
  );

/** What refers to a role: its ARN, and its name. */
export const roleArn = ({ logicalId }: Generated): JsonObject => getAtt(logicalId, 'Arn');
export const roleName = ({ logicalId }: Generated): JsonObject => ref(logicalId);
