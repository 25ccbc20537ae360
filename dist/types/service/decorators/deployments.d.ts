import type { LambdaDecorator } from '../hook-types.ts';
import type { Data } from '../values.ts';
/** Publishes a version whenever code or configuration changed; the same as the function's field `version`. */
export declare const versioning: () => LambdaDecorator;
/** How calls move to the new version. Source: CodeDeploy User Guide, "Predefined deployment configurations for AWS Lambda". */
export type Shift = 'AllAtOnce' | 'Canary10Percent5Minutes' | 'Canary10Percent10Minutes' | 'Canary10Percent15Minutes' | 'Canary10Percent30Minutes' | 'Linear10PercentEvery1Minute' | 'Linear10PercentEvery2Minutes' | 'Linear10PercentEvery3Minutes' | 'Linear10PercentEvery10Minutes';
export interface SafeDeploymentOptions {
    readonly shift: Shift;
    /** The alias that callers use; `live` by default. */
    readonly alias?: string;
    /** Names of CloudWatch alarms that take the calls back. */
    readonly alarms?: readonly Data[];
    /** Function of the service that is called before calls move, and says whether they may. */
    readonly before?: string;
    /** Function of the service that is called after calls have moved, and says whether they stay. */
    readonly after?: string;
}
/** Moves calls of an alias to each new version step by step with CodeDeploy, and back when something is wrong. */
export declare const safeDeployment: (options: SafeDeploymentOptions) => LambdaDecorator;
