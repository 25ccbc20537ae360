import type { EndpointRequest } from '../forward/send.ts';
import type { PassedHeaders } from '../forward/types.ts';
import type { ServicePlace } from './types.ts';

/** A request that API Gateway would sign: servers here read the service and the region of it, and check nothing. */
export function asSigned(
  sent: EndpointRequest,
  { service, region }: { readonly service: string; readonly region: string },
  { accessKeyId }: ServicePlace,
): EndpointRequest {
  // Emulators refuse what is long past.
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const signature: PassedHeaders = [
    [
      'Authorization',
      `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${day}/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    ],
    ['X-Amz-Date', time],
  ];
  const own = new Set(signature.map(([name]) => name.toLowerCase()));
  return {
    ...sent,
    headers: [...sent.headers.filter(([name]) => !own.has(name.toLowerCase())), ...signature],
  };
}
