import type { FindService } from '../http-api/aws-service/types.ts';
import type { ServiceContext } from './part.ts';

/** Where integrations of APIs find services of AWS: in this process, or in the emulator behind it; never at AWS. */
export const findService =
  ({
    apis,
    endpoint,
    plan,
    remote,
  }: Pick<ServiceContext, 'apis' | 'endpoint' | 'plan' | 'remote'>): FindService =>
  (name) => {
    if (apis.of(name)) return { url: endpoint, accessKeyId: 'here' };
    if (remote?.url === undefined) return undefined;
    // What is asked of buckets passes through here on its way, so that they can tell of it.
    const url = name === 's3' && plan.buckets.length > 0 ? endpoint : remote.url;
    return { url, accessKeyId: remote.credentials.accessKeyId };
  };
