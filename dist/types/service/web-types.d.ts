import type { CommandBuildDefinition, NodeBuildDefinition, PrebuiltDefinition } from './build-types.ts';
import type { RoleDefinition } from './role-types.ts';
import type { Retention, Value } from './values.ts';
/**
 * A web function: an HTTP server that Lambda runs behind an HTTPS address of its own. It listens at the host and port of
 * AWS_LAMBDA_HTTP_ENDPOINT; how much memory there is and which port, nobody chooses.
 */
export interface WebFunctionDefinition {
    /**
     * The file that starts the server, relative to the definition: it is bundled, as a module unless `build.format` says
     * otherwise. With a command or a prebuilt package it is the file in what these have.
     */
    readonly entry: string;
    /** Who may call it: whoever IAM lets (`iam`), or everybody, and the application checks requests itself. */
    readonly auth: 'iam' | 'application';
    readonly description?: string;
    /** How the code is made; by default by esbuild. */
    readonly build?: NodeBuildDefinition | CommandBuildDefinition | PrebuiltDefinition;
    /** The newest by default. */
    readonly runtime?: 'nodejs24.x';
    /** Seconds that a request may take, its whole answer included; 30 by default. */
    readonly timeout?: number;
    /** Requests that one process gets at a time; 64 by default. */
    readonly concurrency?: number;
    readonly environment?: Readonly<Record<string, Value<string | number | boolean>>>;
    /** A name in `roles`, the name or ARN of a role that exists, or a definition. By default it has a role of its own. */
    readonly role?: Value<string> | RoleDefinition;
    /** Name of the endpoint; `prod` by default. Another name is another address. */
    readonly endpoint?: string;
    /** Most processes at a time; as many as the account may have by default. */
    readonly maxEnvironments?: number;
    /** Most requests a second; as many as the account may have by default. */
    readonly rateLimit?: RateLimit;
    readonly logging?: WebLoggingDefinition;
    /** ARN, with its version, of the network connector that leads into a VPC. */
    readonly networkConnector?: Value<string>;
    /** ARN of the key that encrypts code and environment. */
    readonly kmsKey?: Value<string>;
    /** Logical IDs of resources to create first. */
    readonly dependsOn?: readonly string[];
    /** Physical name, which no region of the account may have twice; `<stack>-<name>` by default. */
    readonly functionName?: Value<string>;
    readonly tags?: Readonly<Record<string, string>>;
}
/** Requests a second that Lambda takes as a limit. */
export type RateLimit = 0 | 100 | 200 | 300 | 400 | 500 | 600 | 700 | 800 | 900 | 1000 | 2000 | 3000 | 4000 | 5000 | 6000 | 7000 | 8000 | 9000 | 10_000;
export interface WebLoggingDefinition {
    /** Of the application's own messages; `INFO` by default. */
    readonly applicationLevel?: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';
    /** Of Lambda's messages; `INFO` by default. */
    readonly systemLevel?: 'DEBUG' | 'INFO' | 'WARN';
    /** Days that logs are kept; for ever by default. */
    readonly retention?: Retention;
    /** Name of a log group that exists, instead of one of its own. */
    readonly group?: Value<string>;
    /** ARN of the key that encrypts its own log group. */
    readonly kmsKey?: Value<string>;
}
