import type { ServiceDecorator } from '../hook-types.ts';
import type { Data } from '../values.ts';
export interface CloudMapOptions {
    /** Name of the namespace that is made; the stack's by default. */
    readonly namespace?: string;
    /** ID of a namespace that exists, instead. */
    readonly namespaceId?: string;
    /** Name of the service in it. */
    readonly service: string;
    /** Resources to list besides the functions: attributes by logical ID. */
    readonly resources?: Readonly<Record<string, Readonly<Record<string, Data>>>>;
}
/** Lists the service's functions, and resources, in AWS Cloud Map, where others find them by name. */
export declare const cloudMap: (options: CloudMapOptions) => ServiceDecorator;
