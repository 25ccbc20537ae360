/**
 * What the names of AWS hosts end in, by the start of the region.
 * Source: AWS General Reference, "AWS service endpoints", and the partitions of the AWS SDK.
 */
const HOSTS: readonly (readonly [region: string, host: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['eusc-', 'amazonaws.eu'],
  ['us-iso-', 'c2s.ic.gov'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['us-isof-', 'csp.hci.ic.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
];

/** What the names of AWS hosts of a region end in. */
export const hostSuffix = (region: string): string =>
  HOSTS.find(([start]) => region.startsWith(start))?.[1] ?? 'amazonaws.com';

/** Source: the patterns of regions in the partitions of the AWS SDK. */
const PARTITIONS: readonly (readonly [partition: string, regions: RegExp])[] = [
  ['aws', /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/],
  ['aws-cn', /^cn-\w+-\d+$/],
  ['aws-us-gov', /^us-gov-\w+-\d+$/],
  ['aws-eusc', /^eusc-\w+-\w+-\d+$/],
];

/** The partition of a region, as far as it is known here: AWS may have new ones. */
export const knownPartition = (region: string): string | undefined =>
  PARTITIONS.find(([, regions]) => regions.test(region))?.[0];
