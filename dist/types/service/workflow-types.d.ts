import type { Privilege } from './role-types.ts';
import type { Data, Value } from './values.ts';
/** A state machine of AWS Step Functions. Its role may call what its states call, and nothing else. */
export interface StateMachineDefinition {
    /**
     * In the Amazon States Language, written here or made by `workflow()`. Where the ARN of a function is asked for, the
     * name of one of this service's functions will do; intrinsic functions may stand anywhere.
     */
    readonly definition?: Readonly<Record<string, Data>>;
    /** Instead of that: a file in JSON or YAML, relative to the service's definition. */
    readonly file?: string;
    /** `STANDARD` by default. */
    readonly type?: 'STANDARD' | 'EXPRESS';
    /** Physical name; CloudFormation makes one by default. */
    readonly name?: Value<string>;
    /** What is logged; nothing by default. */
    readonly logging?: StateMachineLogging;
    /** Traces with AWS X-Ray. */
    readonly tracing?: boolean;
    /** What states call that does not say for itself which permissions it needs. */
    readonly privileges?: readonly Privilege[];
    /** ARN of a managed policy that limits whatever the role is given. */
    readonly permissionsBoundary?: Value<string>;
}
export interface StateMachineLogging {
    readonly level: 'ALL' | 'ERROR' | 'FATAL';
    /** Logs input and output of states, too. */
    readonly data?: boolean;
    /** Days that logs are kept. */
    readonly retention?: 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 150 | 180 | 365;
}
