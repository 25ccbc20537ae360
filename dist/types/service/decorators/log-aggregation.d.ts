import type { ServiceDecorator } from '../hook-types.ts';
import type { Value } from '../values.ts';
export interface LogAggregationOptions {
    /** ARN of a Kinesis stream that takes the logs; by default one is made. */
    readonly stream?: Value<string>;
    /** Shards of the stream that is made; on demand by default. */
    readonly shards?: number;
    /** A filter pattern; every line by default. */
    readonly pattern?: string;
    /** Functions whose logs are left out, such as the one that reads the stream. */
    readonly except?: readonly string[];
}
/** Sends the logs of all functions to one Kinesis stream. */
export declare const logAggregation: (options?: LogAggregationOptions) => ServiceDecorator;
