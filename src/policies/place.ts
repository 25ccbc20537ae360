/** Where a stack is, or will be. */
export interface PolicyPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly stackName: string;
  /** Where archives and templates go. */
  readonly artifacts: { readonly bucket: string; readonly prefix: string };
}

/** An ARN of a pattern such as `sqs:R:A:orders-*`. */
export function arnOf(pattern: string, { partition, region, account }: PolicyPlace): string {
  const [service = '', ofRegion = '', ofAccount = '', ...rest] = pattern.split(':');
  const filled = [
    service,
    ofRegion === 'R' ? region : ofRegion,
    ofAccount === 'A' ? account : ofAccount,
    ...rest,
  ];
  return `arn:${partition}:${filled.join(':')}`;
}

/**
 * How the names begin that CloudFormation makes for a stack's resources. Of a long stack name only the beginning goes into
 * a name: 64 characters, the least that a service takes, hold 24 of it besides the logical ID and a random end.
 */
export const namesOfStack = (stackName: string): string =>
  stackName.length > LONGEST ? `${stackName.slice(0, LONGEST)}*` : `${stackName}-*`;
const LONGEST = 24;
