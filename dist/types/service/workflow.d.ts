import type { Data } from './values.ts';
/** A state and its name, made by the functions below. */
export interface State {
    readonly name: string;
    readonly state: Readonly<Record<string, Data>>;
    /** It goes on with the state that comes after it in the list, or is the last one. */
    readonly goesOn: boolean;
}
/** Where a state goes: by default to the next one in the list, and after the last one the workflow ends. */
interface Flow {
    /** Name of a state. */
    readonly next?: string;
    /** Ends the workflow here. */
    readonly end?: boolean;
}
/** Fields of states as the Amazon States Language has them, for what the functions have no name for. */
interface Fields {
    readonly fields?: Readonly<Record<string, Data>>;
}
/** What is done about an error. */
interface Handling {
    readonly retry?: readonly Retry[];
    readonly catch?: readonly Catch[];
}
export interface Retry {
    /** Names of errors; all by default. */
    readonly errors?: readonly string[];
    /** Seconds before the first time. */
    readonly interval?: number;
    readonly attempts?: number;
    /** How many times as long each wait is as the one before. */
    readonly backoff?: number;
    /** Seconds that a wait has at most. */
    readonly maxDelay?: number;
    /** Waits a random part of the time. */
    readonly jitter?: boolean;
}
export interface Catch {
    /** Names of errors; all by default. */
    readonly errors?: readonly string[];
    /** Name of the state that goes on. */
    readonly next: string;
    /** Where the error goes in the input. */
    readonly resultPath?: string;
}
/** A function of the service, or an integration such as `dynamodb:putItem` with its parameters. */
export type TaskOptions = Flow & Handling & Fields & {
    readonly timeout?: number;
    readonly heartbeat?: number;
} & ({
    readonly function: string;
    readonly payload?: Data;
} | {
    readonly integration: string;
    readonly parameters?: Readonly<Record<string, Data>>;
});
/** Calls something. */
export declare function task(name: string, options: TaskOptions): State;
/** Goes on at the first choice whose rule holds; rules are those of the Amazon States Language. */
export declare function choice(name: string, choices: readonly {
    readonly when: Readonly<Record<string, Data>>;
    readonly next: string;
}[], otherwise?: string): State;
/** Waits for seconds, until a time (`2030-01-01T00:00:00Z`), or for what the input says at a path. */
export declare function wait(name: string, time: {
    readonly seconds: number;
} | {
    readonly secondsPath: string;
} | {
    readonly until: string;
} | {
    readonly untilPath: string;
}, flow?: Flow): State;
/** Passes its input on, or a result. */
export declare const pass: (name: string, { result, resultPath, ...flow }?: Flow & Fields & {
    readonly result?: Data;
    readonly resultPath?: string;
}) => State;
/** Runs branches side by side; the result is the list of theirs. */
export declare const parallel: (name: string, branches: readonly (readonly State[])[], options?: Flow & Handling & Fields) => State;
/** Runs states for each item of a list; the result is the list of theirs. */
export declare const map: (name: string, states: readonly State[], options?: Flow & Handling & Fields & {
    readonly items?: string;
    readonly concurrency?: number;
}) => State;
/** Ends well. */
export declare const succeed: (name: string) => State;
/** Ends in an error. */
export declare const fail: (name: string, error?: string, cause?: string) => State;
/**
 * The definition of a state machine. The first state is where it starts.
 *
 * @throws ProblemError with every name that two states have
 */
export declare function workflow(states: readonly State[], { comment, timeout }?: {
    readonly comment?: string;
    readonly timeout?: number;
}): Readonly<Record<string, Data>>;
export {};
