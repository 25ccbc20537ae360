/** Values that all example events share: AWS's own documentation examples. */
export const account = '123456789012';
export const region = 'us-east-1';
export const time = '2026-01-15T10:30:00.000Z';
export const seconds = 1_768_473_000;
export const requestId = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';
/** An example ARN. */
export const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;
