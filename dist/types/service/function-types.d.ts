import type { BuildDefinition } from './build-types.ts';
import type { EventDefinition } from './event-types.ts';
import type { LambdaDecorator } from './hook-types.ts';
import type { RoleDefinition } from './role-types.ts';
import type { Data, Retention, Value } from './values.ts';
/** A Lambda function. What is left out is left to CloudFormation's own default. */
export interface FunctionDefinition {
    /**
     * The file or folder of the code, relative to the definition, and after a `#` the name of the handler in it:
     * `src/hello.ts`, `src/app.py#main`, `cmd/hello`. Without a name it is `handler`. With a command or a prebuilt
     * package it is what Lambda is to call, word for word.
     */
    readonly handler?: string;
    readonly description?: string;
    /** How the code is made; by default by the handler's extension, and a folder is Go. */
    readonly build?: BuildDefinition;
    /** By default the newest of the handler's language. */
    readonly runtime?: string;
    /** A runtime that customers manage themselves; `runtime` is `custom` then, or left out. */
    readonly customRuntime?: CustomRuntimeDefinition;
    /** `reference`: Lambda reads the archive where it lies, instead of keeping a copy. It has to stay there. */
    readonly codeStorage?: 'copy' | 'reference';
    /** `x86_64` by default. */
    readonly architecture?: 'x86_64' | 'arm64';
    /** MB. */
    readonly memory?: number;
    /** Seconds. */
    readonly timeout?: number;
    /** MB of `/tmp`. */
    readonly ephemeralStorage?: number;
    readonly environment?: Readonly<Record<string, Value<string | number | boolean>>>;
    /** A name in `roles`, the name or ARN of a role that exists, or a definition. By default the function has a role of its own. */
    readonly role?: Value<string> | RoleDefinition;
    /** Logical IDs of resources to create first; their attributes are in the discovery information. */
    readonly dependsOn?: readonly string[];
    /** What calls the function. */
    readonly events?: readonly EventDefinition[];
    /** ARNs of layer versions. */
    readonly layers?: readonly Value<string>[];
    readonly vpc?: VpcDefinition;
    /** ARN, or logical ID in `resources`, of the queue or topic that receives events that failed. */
    readonly deadLetter?: Value<string>;
    /** Traces with AWS X-Ray. */
    readonly tracing?: boolean;
    readonly reservedConcurrency?: number;
    readonly logging?: LoggingDefinition;
    /** Starts from a snapshot; publishes a version, as snapshots are made of versions. */
    readonly snapStart?: boolean;
    readonly fileSystems?: readonly FileSystemDefinition[];
    /** ARN, or logical ID in `resources`, of the key that encrypts the environment. */
    readonly kmsKey?: Value<string>;
    readonly tags?: Readonly<Record<string, string>>;
    /** Publishes a version whenever code or configuration changed. */
    readonly version?: boolean | VersionDefinition;
    /** Aliases of the published version, by name. */
    readonly aliases?: Readonly<Record<string, AliasDefinition>>;
    /** An HTTPS address of its own. `true` asks callers for IAM credentials. */
    readonly url?: boolean | UrlDefinition;
    /** Physical name; `<stack>-<name>` by default. */
    readonly functionName?: Value<string>;
    /** ARN of a code signing configuration. */
    readonly codeSigning?: Value<string>;
    /** What Lambda does when the function calls itself through other services. */
    readonly recursiveLoop?: 'Allow' | 'Terminate';
    readonly runtimeManagement?: RuntimeManagementDefinition;
    readonly durable?: DurableDefinition;
    /** Keeps execution environments of tenants apart. */
    readonly tenantIsolation?: boolean;
    readonly capacityProvider?: CapacityProviderDefinition;
    /** GPUs, on a capacity provider. */
    readonly accelerator?: AcceleratorDefinition;
    readonly scaling?: ScalingDefinition;
    /** Publishes to `$LATEST.PUBLISHED` on a capacity provider. */
    readonly publishToLatest?: boolean;
    /** Properties of AWS::Lambda::Function as CloudFormation has them, for what this definition has no name for. */
    readonly properties?: Readonly<Record<string, Data>>;
    /** Code that adds resources for this function (TypeScript and JavaScript). */
    readonly decorators?: readonly LambdaDecorator[];
}
export interface VpcDefinition {
    readonly subnets: readonly Value<string>[] | Value<never>;
    readonly securityGroups: readonly Value<string>[] | Value<never>;
    /** Outbound IPv6 in dual-stack subnets. */
    readonly ipv6?: boolean;
}
export interface LoggingDefinition {
    readonly format?: 'Text' | 'JSON';
    /** Of the function's own messages; needs the format JSON. */
    readonly applicationLevel?: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';
    /** Of Lambda's messages; needs the format JSON. */
    readonly systemLevel?: 'DEBUG' | 'INFO' | 'WARN';
    /** Days that logs are kept; for ever by default. */
    readonly retention?: Retention;
    /** Name of a log group that exists, instead of one of the function's own. */
    readonly group?: Value<string>;
    /** ARN of the key that encrypts the function's own log group. */
    readonly kmsKey?: Value<string>;
}
export interface FileSystemDefinition {
    /** ARN of an access point of EFS or of S3 Files. */
    readonly arn: Value<string>;
    /** Such as `/mnt/data`. */
    readonly mount: string;
    /** Of S3 Files: whether objects are read from the bucket itself; by default, from 512 MB of memory on. */
    readonly directRead?: 'auto' | 'enabled' | 'disabled';
    /** Name of that bucket: direct reads need its objects allowed to the function, or go by way of the file system. */
    readonly bucket?: Value<string>;
}
export interface VersionDefinition {
    readonly description?: string;
    readonly provisionedConcurrency?: number;
}
export interface AliasDefinition {
    readonly description?: string;
    readonly provisionedConcurrency?: number;
    /** Share of calls, from 0 to 1, that go to another version, by its number. */
    readonly weights?: Readonly<Record<string, number>>;
}
export interface UrlDefinition {
    /** `iam` by default; `none` lets everybody call it. */
    readonly auth?: 'iam' | 'none';
    /** One of the function's aliases; without it the URL calls the newest code. */
    readonly alias?: string;
    /** Sends responses as they are made. */
    readonly streaming?: boolean;
    readonly cors?: CorsDefinition;
}
export interface CorsDefinition {
    readonly origins?: readonly string[];
    readonly methods?: readonly ('GET' | 'PUT' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE' | '*')[];
    readonly headers?: readonly string[];
    readonly exposeHeaders?: readonly string[];
    readonly credentials?: boolean;
    /** Seconds that browsers keep the answer. */
    readonly maxAge?: number;
}
export interface RuntimeManagementDefinition {
    readonly updateOn: 'Auto' | 'FunctionUpdate' | 'Manual';
    /** With `Manual`: the version of the runtime. */
    readonly runtimeVersionArn?: string;
}
export interface DurableDefinition {
    /** Seconds that an execution may take in all. */
    readonly executionTimeout: number;
    /** Days that its history is kept. */
    readonly retention?: number;
    readonly kmsKey?: Value<string>;
}
export interface CapacityProviderDefinition {
    /** Or its name in `capacityProviders`, or the logical ID of one in `resources`. */
    readonly arn: Value<string>;
    /** GiB of memory for each virtual CPU. */
    readonly memoryPerCpu?: number;
    /** Calls that an execution environment handles at once. */
    readonly concurrency?: number;
}
export interface AcceleratorDefinition {
    /** GB that each device has at least. */
    readonly memory: number;
}
export interface CustomRuntimeDefinition {
    readonly arn: Value<string>;
    /** Points to the version that is used. */
    readonly alias: string;
}
export interface ScalingDefinition {
    readonly minimum?: number;
    readonly maximum?: number;
}
