import type { LambdaDecorator } from '../hook-types.ts';
export interface ConcurrencyOptions {
    /** Calls that run at once at most, kept free for this function. */
    readonly reserved?: number;
    readonly provisioned?: ProvisionedOptions;
}
export interface ProvisionedOptions {
    /** The alias that has them; `live` by default. */
    readonly alias?: string;
    /** Environments that are always ready. */
    readonly minimum: number;
    /** With it, their number follows how many are in use. */
    readonly maximum?: number;
    /** Share of them, from 0.1 to 0.9, that is to be in use; 0.7 by default. */
    readonly utilisation?: number;
    /** Other numbers at other times: cron expressions in UTC. */
    readonly schedule?: readonly {
        readonly cron: string;
        readonly minimum: number;
        readonly maximum: number;
    }[];
}
/** Reserved concurrency, and provisioned concurrency that scales. */
export declare const concurrency: ({ reserved, provisioned }: ConcurrencyOptions) => LambdaDecorator;
