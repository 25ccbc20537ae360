import type { InstanceResult } from '../../aws/stack-sets/operation.ts';

/** `07:10:02  SUCCEEDED  111111111111 eu-central-1  reason` */
export const resultLine = ({ account, region, status, reason }: InstanceResult): string =>
  [new Date().toISOString().slice(11, 19), status.padEnd(9), `${account} ${region}`, reason]
    .filter((part) => part !== '')
    .join('  ');
