import { CAPABILITIES, type Capability } from '../template/validate/capabilities.ts';
import { type InputKind, list, named, splitList } from './kinds.ts';
import { ROLE_ARN } from './patterns.ts';

/** The ARN of an IAM role. */
export const roleArn: InputKind<string> = named(ROLE_ARN);

/** ARNs of IAM roles, each of which assumes the next one. Names may have commas. */
export const roleArns: InputKind<readonly string[]> = {
  ...list(
    ROLE_ARN.pattern,
    'ARNs of IAM roles, such as arn:aws:iam::123456789012:role/deploy, on a line each',
  ),
  parse: (raw) => raw.split(/\s+|,(?=\s*arn:)/).filter((arn) => arn !== ''),
};

/** Source: Amazon SNS API reference, "CreateTopic". */
const TOPIC_ARN = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(?:\.fifo)?$/;

/** Source: AWS CloudFormation API reference, "CreateChangeSet". */
const MAX_TOPICS = 5;

const topics = list(TOPIC_ARN, 'up to five ARNs of SNS topics');

/** ARNs of SNS topics that hear of a stack's events. */
export const topicArns: InputKind<readonly string[]> = {
  ...topics,
  check: (items) => [
    ...(topics.check?.(items) ?? []),
    ...(items.length > MAX_TOPICS
      ? [{ message: `${items.length} topics are too many`, next: `Give up to ${MAX_TOPICS}.` }]
      : []),
  ],
};

/** A CloudWatch alarm that ends a deployment when it goes off. */
export interface RollbackAlarm {
  readonly arn: string;
  readonly composite: boolean;
}

/** Source: AWS CloudFormation API reference, "RollbackConfiguration". */
const MAX_ALARMS = 5;
const ALARM = /^(composite:)?(arn:aws[a-z-]*:cloudwatch:[a-z0-9-]+:\d{12}:alarm:[!-~]{1,255})$/;

/** Alarms that a deployment is rolled back for; `none` takes those away that the stack has. */
export const alarms: InputKind<readonly RollbackAlarm[]> = {
  accepts: `none, or up to ${MAX_ALARMS} ARNs of CloudWatch alarms; composite alarms as composite:arn:aws:...`,
  again: (all) => all.flat(),
  check: (items) =>
    items.length > MAX_ALARMS
      ? [{ message: `${items.length} alarms are too many`, next: `Give up to ${MAX_ALARMS}.` }]
      : [],
  parse: (raw) => {
    const items = raw === 'none' ? [] : splitList(raw);
    const found = items.flatMap((item): RollbackAlarm[] => {
      const [, composite, arn] = ALARM.exec(item) ?? [];
      return arn === undefined ? [] : [{ arn, composite: composite !== undefined }];
    });
    return found.length === items.length ? found : undefined;
  },
};

/**
 * Names that other things than buckets have, or that examples do.
 * Source: Amazon S3 user guide, "General purpose bucket naming rules".
 */
const RESERVED = /^(?:xn--|sthree-|amzn-s3-demo-)|(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;
const IP_ADDRESS = /^\d+\.\d+\.\d+\.\d+$/;

/** The name of a bucket. */
export const bucket: InputKind<string> = {
  accepts: 'the name of a bucket, without s3://: 3 to 63 lowercase letters, digits, - and single dots',
  parse: (raw) =>
    /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(raw) && !RESERVED.test(raw) && !IP_ADDRESS.test(raw)
      ? raw
      : undefined,
};

/** What the caller of CloudFormation agrees to; `none` agrees to nothing. */
export const capabilities: InputKind<readonly Capability[]> = {
  accepts: `none, or some of ${CAPABILITIES.join(', ')}`,
  again: (all) => all.flat(),
  parse: (raw) => {
    const items = raw === 'none' ? [] : splitList(raw);
    const known = items.map((item) => CAPABILITIES.find((capability) => capability === item));
    return known.every((item) => item !== undefined) ? known : undefined;
  },
};
