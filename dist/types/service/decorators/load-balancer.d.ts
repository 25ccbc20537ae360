import type { ServiceDecorator } from '../hook-types.ts';
import type { Value } from '../values.ts';
export interface LoadBalancerOptions {
    readonly subnets: readonly Value<string>[];
    readonly securityGroups: readonly Value<string>[];
    /** ARN of a certificate: with it the load balancer listens to HTTPS, and sends HTTP there. */
    readonly certificate?: Value<string>;
    /** Only in the VPC. */
    readonly internal?: boolean;
    /** The function that answers what no rule is about. */
    readonly default: string;
    /** The first that fits counts. */
    readonly rules?: readonly LoadBalancerRule[];
}
export interface LoadBalancerRule {
    readonly function: string;
    readonly paths?: readonly string[];
    readonly hosts?: readonly string[];
    readonly methods?: readonly string[];
}
/** An application load balancer in front of functions. */
export declare const loadBalancer: (options: LoadBalancerOptions) => ServiceDecorator;
