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
