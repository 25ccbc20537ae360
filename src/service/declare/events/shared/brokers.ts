import type { Value } from '../../../values.ts';
import type { Grant } from '../../draft.ts';

/** What the poller needs in order to reach brokers in a VPC. Source: Lambda Developer Guide, "Using Lambda with Amazon MSK". */
export const NETWORK: Grant = {
  actions: [
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSubnets',
    'ec2:DescribeVpcs',
  ],
  resources: ['*'],
};

/** Lets the role read the secrets that are given. */
export const reading = (...secrets: readonly (Value<string> | undefined)[]): Grant[] => {
  const given = secrets.filter((secret) => secret !== undefined);
  return given.length === 0 ? [] : [{ actions: ['secretsmanager:GetSecretValue'], resources: given }];
};
