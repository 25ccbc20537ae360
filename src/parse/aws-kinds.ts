import { CAPABILITIES, type Capability } from '../template/validate/capabilities.ts';
import { type InputKind, list, matching, splitList } from './kinds.ts';

/** Source: IAM user guide, "IAM identifiers" and "IAM and AWS STS quotas". */
const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/(?:[!-~]*\/)?[\w+=,.@-]{1,64}$/;

/** The ARN of an IAM role. */
export const roleArn: InputKind<string> = matching(
  ROLE_ARN,
  'the ARN of an IAM role, such as arn:aws:iam::123456789012:role/deploy',
);

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
