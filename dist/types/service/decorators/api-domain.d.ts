import type { ApiDomain } from '../api-types.ts';
import type { ServiceDecorator } from '../hook-types.ts';
/** A domain name of your own for an API of the service; the same as the API's field `domain`. */
export declare const apiDomain: (api: string, domain: ApiDomain) => ServiceDecorator;
