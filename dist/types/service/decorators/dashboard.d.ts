import type { ServiceDecorator } from '../hook-types.ts';
export interface DashboardOptions {
    /** Physical name; the stack's by default. */
    readonly name?: string;
    /** Seconds that a point stands for; 300 by default. */
    readonly period?: number;
}
/** A CloudWatch dashboard with the metrics of all functions. */
export declare const dashboard: ({ name, period }?: DashboardOptions) => ServiceDecorator;
