/**
 * How much AWS takes of something: one table, each with its source and the day on which that was read.
 * What is refused here would be refused there; what AWS raises, it raises here by one line.
 */
export const LIMITS = {
  /** Source: AWS CloudFormation User Guide, "CloudFormation quotas", 2026-11-29. */
  template: {
    /** Bytes of a template in S3. */
    bytes: 1_000_000,
    /** Bytes of `Description`. */
    description: 1024,
    resources: 500,
    outputs: 200,
    parameters: 200,
    mappings: 200,
    /** Characters of a logical ID. */
    name: 255,
  },
  /** Source: AWS CloudFormation template reference, "Fn::And", "Fn::Or", 2026-11-29. */
  conditions: { least: 2, most: 10 },
  function: {
    /** Seconds. Source: model of the Lambda API, `Timeout`, of 2026-11-20 (botocore 1.44.8): 1,800. */
    timeout: 1800,
    /** Seconds, on a capacity provider. Source: the same. */
    managedTimeout: 5400,
    /** Characters of a name. Source: AWS Lambda API reference, `CreateFunction`, 2026-11-29. */
    name: 64,
  },
} as const;
