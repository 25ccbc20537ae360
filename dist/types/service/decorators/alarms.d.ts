import type { LambdaDecorator } from '../hook-types.ts';
import type { Value } from '../values.ts';
/** Thresholds from which an alarm goes off; what is left out has no alarm. */
export interface AlarmOptions {
    /** Calls that failed in a period; `1` by default, `false` for no alarm. */
    readonly errors?: number | false;
    /** Calls that were refused in a period; `1` by default, `false` for no alarm. */
    readonly throttles?: number | false;
    /** Milliseconds that the slowest calls (of a hundred, one) take. */
    readonly duration?: number;
    /** Milliseconds that the oldest record of a stream waited. */
    readonly iteratorAge?: number;
    /** Seconds; 300 by default. */
    readonly period?: number;
    /** Periods in a row; 1 by default. */
    readonly periods?: number;
    /** ARNs of topics that are told when an alarm goes off, and when it is over. */
    readonly notify?: readonly Value<string>[];
}
/** CloudWatch alarms for a function. */
export declare const alarms: (options?: AlarmOptions) => LambdaDecorator;
