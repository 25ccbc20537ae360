import { DEFAULT_RUNTIMES } from '../runtimes.ts';
import type { ResourceDefinition } from '../types.ts';
import type { Data } from '../values.ts';
import { addResource, type Draft, type Grant, setResource } from './draft.ts';
import { getAtt, ref } from './resources.ts';
import { rolePolicies, trust } from './statements.ts';

const FUNCTION = 'CustomResources';
const LOGS = 'CustomResourcesLogGroup';
export const ROLE = 'CustomResourcesRole';
/** The longest that unpacking a site may take; CloudFormation is answered before it is over. */
const TIMEOUT = 900;
const MEMORY = 512;

/** A resource that the action's own function stands behind. */
export interface CustomResourceDefinition {
  readonly type: 'Artifact' | 'BucketNotification' | 'ReceiptRuleSet' | 'Site';
  readonly properties: Readonly<Record<string, Data>>;
  /** What the function needs for it. */
  readonly grants: readonly Grant[];
  readonly dependsOn?: readonly string[];
}

/** Adds a custom resource; the function comes with the first. Returns the logical ID. */
export function customResource(
  draft: Draft,
  id: string,
  { type, properties, grants, dependsOn = [] }: CustomResourceDefinition,
): string {
  draft.customGrants.push(...grants);
  const resource: ResourceDefinition = {
    Type: `Custom::Sparta${type}`,
    ...(dependsOn.length > 0 && { DependsOn: [...dependsOn] }),
    Properties: { ServiceToken: getAtt(FUNCTION, 'Arn'), ...properties },
  };
  return addResource(draft, id, resource);
}

/** The function behind the custom resources, and its role, where there are any. */
export function addCustomResourceFunction(draft: Draft): void {
  if (draft.customGrants.length === 0) return;
  setResource(draft, LOGS, { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 14 } });
  const logs: Grant = {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [getAtt(LOGS, 'Arn')],
  };
  setResource(draft, ROLE, {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
      Policies: rolePolicies('CustomResources', [logs, ...draft.customGrants]),
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
