import type { Mode } from '../parse/modes.ts';
import type { PolicyGrant } from './documents.ts';
import { arnOf, namesOfStack, type PolicyPlace } from './place.ts';
import { type StackSetFacts, stackSetGrants } from './stack-set-calls.ts';

/** What there is in a source that calls depend on. */
export interface SourceFacts {
  readonly functions: boolean;
  readonly images: boolean;
  readonly nested: boolean;
  /** Transforms of the templates, such as `AWS::Serverless-2016-10-31`. */
  readonly transforms: boolean;
  /** Roles that exist outside of the service. */
  readonly lookedUpRoles: readonly string[];
  /** They have the rights, and whoever runs the workflow only assumes them; `undefined` where the source names none. */
  readonly assumed: AssumedRoles | undefined;
}

/** Roles that the source wants assumed. */
export interface AssumedRoles {
  /** By who only reads; none of older bootstraps. */
  readonly reading: readonly string[];
  /** By who deploys, and publishes what is deployed. */
  readonly deploying: readonly string[];
}

/** What of the inputs calls depend on. */
export interface InputFacts {
  /** The user's own bucket: it is neither made nor configured. */
  readonly ownBucket: boolean;
  readonly createRepository: boolean;
  readonly repository: string;
  /** The role that CloudFormation assumes. */
  readonly executionRole: string | undefined;
  readonly rollbackAlarms: boolean;
  /** Roles whose policies a preview looks at. */
  readonly checkedRoles: readonly string[];
  /** It is deployed as a stack set: what it is made of is made by the roles of its accounts. */
  readonly stackSet?: StackSetFacts;
}

/** What a mode calls: of what is there, for the source and the inputs. */
interface Row {
  readonly modes: readonly Mode[];
  readonly actions: readonly string[];
  readonly on: Target;
  readonly when?: (facts: SourceFacts & InputFacts) => boolean;
}

/** What a row is allowed on. */
type Target =
  | 'stack'
  | 'transforms'
  | 'bucket'
  | 'objects'
  | 'functions'
  | 'repository'
  | 'execution role'
  | 'looked up roles'
  | 'checked roles'
  | 'everything';

const cloudFormation = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `cloudformation:${name}`);

/**
 * Every call of every mode. A test records what is called and holds it against this table; what it cannot reach (failed
 * rollbacks, lost uploads) is called by the tests of faults.
 */
const CALLS: readonly Row[] = [
  {
    modes: ['preview', 'validate', 'deploy', 'delete', 'status', 'drift', 'verify'],
    actions: cloudFormation('DescribeStacks'),
    on: 'stack',
  },
  {
    modes: ['preview', 'validate', 'deploy', 'delete'],
    actions: cloudFormation('GetTemplate'),
    on: 'stack',
  },
  {
    modes: ['preview', 'validate', 'deploy', 'delete', 'verify'],
    actions: cloudFormation('ListStackResources'),
    on: 'stack',
    when: ({ functions, nested }) => functions || nested,
  },
  {
    modes: ['validate', 'deploy'],
    actions: cloudFormation(
      'CreateChangeSet',
      'DeleteChangeSet',
      'DeleteStack',
      'DescribeChangeSet',
      'DescribeStackEvents',
      'ListChangeSets',
    ),
    on: 'stack',
  },
  {
    modes: ['deploy'],
    actions: cloudFormation('ContinueUpdateRollback', 'ExecuteChangeSet', 'UpdateTerminationProtection'),
    on: 'stack',
  },
  // Hook results have no ARN of the stack.
  {
    modes: ['validate', 'deploy'],
    actions: cloudFormation('DescribeEvents', 'GetHookResult', 'ListHookResults'),
    on: 'everything',
  },
  {
    modes: ['validate', 'deploy'],
    actions: cloudFormation('CreateChangeSet'),
    on: 'transforms',
    when: ({ transforms }) => transforms,
  },
  {
    modes: ['delete'],
    actions: cloudFormation('DeleteStack', 'DescribeStackEvents', 'ListStackResources'),
    on: 'stack',
  },
  { modes: ['cancel-update'], actions: cloudFormation('CancelUpdateStack'), on: 'stack' },
  {
    modes: ['drift'],
    actions: cloudFormation('DescribeStackResourceDrifts', 'DetectStackDrift', 'DetectStackResourceDrift'),
    on: 'stack',
  },
  { modes: ['drift'], actions: cloudFormation('DescribeStackDriftDetectionStatus'), on: 'everything' },
  {
    modes: ['validate', 'deploy'],
    actions: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
    on: 'objects',
  },
  {
    modes: ['validate', 'deploy'],
    actions: ['s3:ListBucket', 's3:ListBucketMultipartUploads'],
    on: 'bucket',
  },
  {
    modes: ['validate', 'deploy'],
    actions: [
      's3:CreateBucket',
      's3:GetLifecycleConfiguration',
      's3:PutBucketOwnershipControls',
      's3:PutBucketPublicAccessBlock',
      's3:PutLifecycleConfiguration',
    ],
    on: 'bucket',
    when: ({ ownBucket }) => !ownBucket,
  },
  {
    modes: ['preview', 'validate', 'deploy'],
    actions: ['lambda:ListTags'],
    on: 'functions',
    when: ({ functions }) => functions,
  },
  {
    modes: ['preview', 'validate', 'deploy'],
    actions: ['lambda:ListFunctions'],
    on: 'everything',
    when: ({ functions }) => functions,
  },
  // What was updated in place is looked for by every deployment after it.
  {
    modes: ['deploy'],
    actions: ['lambda:GetFunction'],
    on: 'functions',
    when: ({ functions }) => functions,
  },
  {
    modes: ['inplace'],
    actions: ['lambda:TagResource', 'lambda:UntagResource', 'lambda:UpdateFunctionCode'],
    on: 'functions',
  },
  { modes: ['verify'], actions: ['lambda:InvokeFunction'], on: 'functions' },
  {
    modes: ['preview', 'validate', 'deploy'],
    actions: ['ecr:GetAuthorizationToken'],
    on: 'everything',
    when: ({ images }) => images,
  },
  {
    modes: ['validate', 'deploy'],
    actions: [
      'ecr:BatchCheckLayerAvailability',
      'ecr:BatchGetImage',
      'ecr:CompleteLayerUpload',
      'ecr:DescribeRepositories',
      'ecr:GetDownloadUrlForLayer',
      'ecr:InitiateLayerUpload',
      'ecr:PutImage',
      'ecr:UploadLayerPart',
    ],
    on: 'repository',
    when: ({ images }) => images,
  },
  {
    modes: ['validate', 'deploy'],
    actions: ['ecr:CreateRepository'],
    on: 'repository',
    when: ({ images, createRepository }) => images && createRepository,
  },
  {
    modes: ['validate', 'deploy', 'delete'],
    actions: ['iam:PassRole'],
    on: 'execution role',
    when: ({ executionRole }) => executionRole !== undefined,
  },
  {
    modes: ['preview', 'validate', 'deploy'],
    actions: ['iam:GetRole'],
    on: 'looked up roles',
    when: ({ lookedUpRoles }) => lookedUpRoles.length > 0,
  },
  {
    modes: ['preview'],
    actions: ['iam:SimulatePrincipalPolicy'],
    on: 'checked roles',
    when: ({ checkedRoles }) => checkedRoles.length > 0,
  },
  {
    modes: ['deploy'],
    actions: ['cloudwatch:DescribeAlarms'],
    on: 'everything',
    when: ({ rollbackAlarms }) => rollbackAlarms,
  },
];

/** Everything that is known of a service when its policies are made. */
export interface ServiceFacts extends SourceFacts, InputFacts {
  readonly place: PolicyPlace;
}

/** What this action calls in some modes, and on what. Credentials are asked for their account, which is always allowed. */
export function grantsOf(modes: readonly Mode[], facts: ServiceFacts): readonly PolicyGrant[] {
  const { assumed, stackSet } = facts;
  if (stackSet) return stackSetGrants(modes, stackSet, facts.place);
  if (!assumed) return callsOf(modes, facts);
  const [reads, changes] = [modes.filter(isReading), modes.filter((mode) => !isReading(mode))];
  const roles = [
    ...(reads.length > 0 ? assumed.reading : []),
    ...(changes.length > 0 ? assumed.deploying : []),
  ];
  const ownCalls = assumed.reading.length > 0 ? [] : callsOf(reads, facts);
  return [{ action: 'sts:AssumeRole', resources: roles }, ...ownCalls];
}

const READING: ReadonlySet<Mode> = new Set<Mode>(['preview', 'status', 'drift']);
const isReading = (mode: Mode): boolean => READING.has(mode);

function callsOf(modes: readonly Mode[], facts: ServiceFacts): readonly PolicyGrant[] {
  // What cannot be updated in place is deployed.
  const all = modes.includes('inplace') ? [...modes, 'deploy'] : modes;
  return CALLS.filter(
    (row) => row.modes.some((mode) => all.includes(mode)) && (row.when?.(facts) ?? true),
  ).flatMap(({ actions, on }) => {
    const resources = resourcesOf(on, facts);
    return actions.map((action) => ({ action, resources }));
  });
}

function resourcesOf(target: Target, facts: ServiceFacts): readonly string[] {
  const { place, executionRole, repository } = facts;
  const { stackName, artifacts } = place;
  const arn = (pattern: string): string => arnOf(pattern, place);
  switch (target) {
    case 'stack': {
      const own = arn(`cloudformation:R:A:stack/${stackName}/*`);
      return facts.nested ? [own, arn(`cloudformation:R:A:stack/${namesOfStack(stackName)}`)] : [own];
    }
    case 'transforms':
      return [arn('cloudformation:R:aws:transform/*')];
    case 'bucket':
      return [arn(`s3:::${artifacts.bucket}`)];
    case 'objects':
      return [arn(`s3:::${artifacts.bucket}/${artifacts.prefix}*`)];
    case 'functions':
      return [arn(`lambda:R:A:function:${namesOfStack(stackName)}`)];
    case 'repository':
      return [arn(`ecr:R:A:repository/${repository}`)];
    case 'execution role':
      return executionRole === undefined ? [] : [executionRole];
    case 'looked up roles':
      return facts.lookedUpRoles.map((role) => (role.startsWith('arn:') ? role : arn(`iam::A:role/${role}`)));
    case 'checked roles':
      return facts.checkedRoles;
    case 'everything':
      return ['*'];
  }
}
