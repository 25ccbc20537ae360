import type { Mode } from '../parse/modes.ts';
import type { PolicyGrant } from './documents.ts';
import { arnOf, type PolicyPlace } from './place.ts';

/** What of a stack set calls depend on. */
export interface StackSetFacts {
  readonly regions: readonly string[];
  /** Archives go to a bucket of each region. */
  readonly hasCode: boolean;
  /** The user's own buckets: they are neither made nor configured, nor is their policy set. */
  readonly ownBucket: boolean;
  /** What CloudFormation assumes to reach the accounts, where it is not the default. */
  readonly administrationRole: string | undefined;
}

interface Row {
  readonly modes: readonly Mode[];
  readonly actions: readonly string[];
  /** Source: Service Authorization Reference, "AWS CloudFormation". */
  readonly on:
    | 'stack set'
    | 'targets'
    | 'everything'
    | 'buckets'
    | 'objects'
    | 'administration role'
    | 'stack';
  readonly when?: (facts: StackSetFacts) => boolean;
}

const cloudFormation = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `cloudformation:${name}`);

const hasOwnCode = ({ hasCode, ownBucket }: StackSetFacts): boolean => hasCode && !ownBucket;

/** Every call of every mode with `deploy-to: stack-set`; the same test holds it against what is called. */
const CALLS: readonly Row[] = [
  {
    modes: ['preview', 'deploy', 'delete', 'status', 'drift'],
    actions: cloudFormation('DescribeStackSet', 'ListStackInstances'),
    on: 'stack set',
  },
  // Of a service, whether there is a stack of that name is asked before its code is uploaded.
  { modes: ['deploy'], actions: cloudFormation('DescribeStacks'), on: 'stack' },
  { modes: ['deploy'], actions: cloudFormation('CreateStackSet'), on: 'everything' },
  {
    modes: ['deploy'],
    actions: cloudFormation('CreateStackInstances', 'DeleteStackInstances', 'UpdateStackSet'),
    on: 'targets',
  },
  { modes: ['delete'], actions: cloudFormation('DeleteStackInstances'), on: 'targets' },
  { modes: ['delete'], actions: cloudFormation('DeleteStackSet'), on: 'stack set' },
  {
    modes: ['deploy', 'delete', 'drift'],
    actions: cloudFormation('DescribeStackSetOperation', 'ListStackSetOperationResults'),
    on: 'stack set',
  },
  {
    modes: ['deploy', 'delete', 'drift'],
    actions: cloudFormation('ListStackSetOperations'),
    on: 'everything',
  },
  {
    modes: ['drift'],
    actions: cloudFormation('DetectStackSetDrift', 'ListStackInstanceResourceDrifts'),
    on: 'everything',
  },
  { modes: ['cancel-update'], actions: cloudFormation('StopStackSetOperation'), on: 'stack set' },
  {
    modes: ['deploy'],
    actions: ['iam:PassRole'],
    on: 'administration role',
    when: ({ administrationRole }) => administrationRole !== undefined,
  },
  {
    modes: ['deploy'],
    actions: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
    on: 'objects',
  },
  { modes: ['deploy'], actions: ['s3:ListBucket', 's3:ListBucketMultipartUploads'], on: 'buckets' },
  {
    modes: ['deploy'],
    actions: [
      's3:CreateBucket',
      's3:GetLifecycleConfiguration',
      's3:PutBucketOwnershipControls',
      's3:PutBucketPublicAccessBlock',
      's3:PutLifecycleConfiguration',
    ],
    on: 'buckets',
    when: ({ ownBucket }) => !ownBucket,
  },
  {
    modes: ['deploy'],
    actions: ['s3:GetBucketPolicy', 's3:PutBucketPolicy'],
    on: 'buckets',
    when: hasOwnCode,
  },
];

/** What this action calls of a stack set in some modes, and on what. */
export function stackSetGrants(
  modes: readonly Mode[],
  facts: StackSetFacts,
  place: PolicyPlace,
): readonly PolicyGrant[] {
  return CALLS.filter(
    (row) => row.modes.some((mode) => modes.includes(mode)) && (row.when?.(facts) ?? true),
  ).flatMap(({ actions, on }) => {
    const resources = resourcesOf(on, facts, place);
    return actions.map((action) => ({ action, resources }));
  });
}

function resourcesOf(on: Row['on'], facts: StackSetFacts, place: PolicyPlace): readonly string[] {
  const { stackName, artifacts, region } = place;
  const arn = (pattern: string): string => arnOf(pattern, place);
  const stackSet = arn(`cloudformation:R:A:stackset/${stackName}:*`);
  // The template is in the bucket of the stack set's own region.
  const regions = facts.hasCode ? [...new Set([region, ...facts.regions])] : [region];
  const buckets = [...new Set(regions.map((each) => artifacts.bucket.replace(region, each)))];
  switch (on) {
    case 'stack set':
      return [stackSet];
    case 'targets':
      return [
        stackSet,
        arn('cloudformation:R:A:stackset-target/*'),
        arn('cloudformation:R:A:type/resource/*'),
      ];
    case 'everything':
      return ['*'];
    case 'stack':
      return [arn(`cloudformation:R:A:stack/${stackName}/*`)];
    case 'buckets':
      return buckets.map((bucket) => arn(`s3:::${bucket}`));
    case 'objects':
      return buckets.map((bucket) => arn(`s3:::${bucket}/${artifacts.prefix}*`));
    case 'administration role':
      return facts.administrationRole === undefined ? [] : [facts.administrationRole];
  }
}
