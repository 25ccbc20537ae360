import type { Value } from './values.ts';
/** Machines of EC2 that Lambda starts and ends for functions: their `capacityProvider` names it. */
export interface CapacityDefinition {
    readonly subnets: readonly Value<string>[] | Value<never>;
    readonly securityGroups: readonly Value<string>[] | Value<never>;
    /** Of the machines, and of the functions that run on them; `x86_64` by default. */
    readonly architecture?: 'x86_64' | 'arm64';
    /** Types of machines that may be used, such as `m7i.xlarge`; by default all that fit. */
    readonly instanceTypes?: readonly string[];
    /** Types that may not be used, where the others may. */
    readonly excludedInstanceTypes?: readonly string[];
    /** Virtual CPUs of all machines together. */
    readonly maxCpus?: number;
    /** By how much machines are to be used; by default Lambda decides. */
    readonly use?: CapacityUse;
    /** ARN of the key that encrypts what the machines keep. */
    readonly kmsKey?: Value<string>;
    readonly logging?: CapacityLogging;
    /** ARN of the role in which Lambda manages the machines. By default one is made, with AWS's own policy for it. */
    readonly role?: Value<string>;
    /** Physical name. */
    readonly providerName?: Value<string>;
    /** Tags of the machines. */
    readonly machineTags?: Readonly<Record<string, string>>;
    readonly tags?: Readonly<Record<string, string>>;
}
export interface CapacityUse {
    /** Per cent of the CPUs. */
    readonly cpu?: number;
    /** Per cent of the GPUs. */
    readonly gpu?: number;
}
export interface CapacityLogging {
    /** Name of the log group of the provider itself. */
    readonly group?: Value<string>;
    readonly level?: 'DEBUG' | 'INFO' | 'WARN';
}
/** A way from MicroVMs or web functions into a network. */
export interface NetworkConnectorDefinition {
    readonly subnets: readonly Value<string>[] | Value<never>;
    readonly securityGroups: readonly Value<string>[] | Value<never>;
    /** `IPv4` by default. */
    readonly protocol?: 'IPv4' | 'DualStack';
    /** Whose way it is; `microvms` by default. */
    readonly for?: 'microvms' | 'web-functions';
    /** ARN of the role in which Lambda manages network interfaces. By default one is made, with AWS's own policy for it. */
    readonly role?: Value<string>;
    /** Physical name. */
    readonly connectorName?: Value<string>;
    readonly tags?: Readonly<Record<string, string>>;
}
/** The image of MicroVMs: small machines that code of yours starts by the Lambda API, one for each user or session. */
export interface MicrovmImageDefinition {
    /** The folder with the Dockerfile and what it needs, relative to the definition. AWS builds it; no Docker is needed here. */
    readonly folder: string;
    /** One line for the shell, in the definition's folder, that makes the folder. */
    readonly command?: string;
    /** Files, folders and patterns: all that the command is given; by default the whole workspace. */
    readonly inputs?: readonly string[];
    /** ARN of the MicroVM image that it is built on. */
    readonly base: Value<string>;
    /** Version of that image. */
    readonly baseVersion: Value<string>;
    readonly description?: string;
    /** MiB that a machine has at least. */
    readonly memory?: number;
    /** Variables during the build. */
    readonly environment?: Readonly<Record<string, Value<string>>>;
    /** Names in `networkConnectors`, or ARNs of others. */
    readonly connectors?: readonly Value<string>[];
    /** What the application is told, and asked for, at moments of its life. */
    readonly hooks?: MicrovmHooks;
    /** `false` writes no logs. */
    readonly logging?: false | MicrovmLogging;
    /** Gives the machines all capabilities of their operating system. */
    readonly osCapabilities?: boolean;
    /** ARN of the role in which the image is built. By default one is made, which reads the code and writes logs. */
    readonly role?: Value<string>;
    /** Physical name; `<stack>-<name>` by default. */
    readonly imageName?: Value<string>;
    readonly tags?: Readonly<Record<string, string>>;
}
export interface MicrovmHooks {
    /** On which the application listens for them. */
    readonly port?: number;
    /** Seconds that the application has to be ready in, before the snapshot is taken. */
    readonly ready?: number;
    /** Seconds that it has to try itself in. */
    readonly validate?: number;
    /** Seconds for what it does when a machine starts. */
    readonly run?: number;
    /** The same before it is suspended. */
    readonly suspend?: number;
    /** The same when it goes on. */
    readonly resume?: number;
    /** The same before it ends. */
    readonly terminate?: number;
}
export interface MicrovmLogging {
    readonly group?: Value<string>;
    readonly stream?: Value<string>;
}
