import type { ServiceDecorator } from '../hook-types.ts';
import type { Value } from '../values.ts';
export interface CloudFrontOptions {
    /** Logical ID; `Distribution` by default. */
    readonly id?: string;
    /** What is behind it: an API of the service, a function with a URL, or any host. */
    readonly origin: {
        readonly api: string;
    } | {
        readonly functionUrl: string;
    } | {
        readonly host: Value<string>;
        readonly path?: string;
    };
    /** Domain names of your own, and their certificate, which has to be in us-east-1. */
    readonly names?: readonly string[];
    readonly certificate?: Value<string>;
    /** ID of the hosted zone that gets records for the names. */
    readonly zone?: Value<string>;
    /** ID of a cache policy; nothing is kept by default, since APIs answer each time anew. */
    readonly cachePolicy?: Value<string>;
}
/** A CloudFront distribution in front of an API, a function or a host. */
export declare const cloudFrontDistribution: (options: CloudFrontOptions) => ServiceDecorator;
