import type { ApiDefinition } from './api-types.ts';
import type { CapacityDefinition, MicrovmImageDefinition, NetworkConnectorDefinition } from './compute-types.ts';
import type { FunctionDefinition } from './function-types.ts';
import type { Hooks, ServiceDecorator } from './hook-types.ts';
import type { RoleDefinition } from './role-types.ts';
import type { SiteDefinition } from './site-types.ts';
import type { Data } from './values.ts';
import type { WebFunctionDefinition } from './web-types.ts';
import type { StateMachineDefinition } from './workflow-types.ts';
/** A service: what `sparta.config.ts` exports, and `sparta.config.yml` holds. */
export interface Service {
    /** Name of the stack, unless the input `stack-name` gives another. */
    readonly name: string;
    /** Description of the stack. */
    readonly description?: string;
    /** Lambda functions by name. */
    readonly functions?: Readonly<Record<string, FunctionDefinition>>;
    /** Web functions by name: HTTP servers. */
    readonly web?: Readonly<Record<string, WebFunctionDefinition>>;
    /** APIs by name. */
    readonly apis?: Readonly<Record<string, ApiDefinition>>;
    /** Static sites by name. */
    readonly sites?: Readonly<Record<string, SiteDefinition>>;
    /** State machines by name. */
    readonly stateMachines?: Readonly<Record<string, StateMachineDefinition>>;
    /** Machines that functions run on, by name. */
    readonly capacityProviders?: Readonly<Record<string, CapacityDefinition>>;
    /** Ways of MicroVMs and web functions into networks, by name. */
    readonly networkConnectors?: Readonly<Record<string, NetworkConnectorDefinition>>;
    /** Images of MicroVMs, by name. */
    readonly microvmImages?: Readonly<Record<string, MicrovmImageDefinition>>;
    /** Custom resources by logical ID, behind which functions of the service stand. */
    readonly customResources?: Readonly<Record<string, CustomResourceDefinition>>;
    /** Roles that several functions may share, by name. */
    readonly roles?: Readonly<Record<string, RoleDefinition>>;
    /** Other resources by logical ID, as a CloudFormation template has them. */
    readonly resources?: Readonly<Record<string, ResourceDefinition>>;
    /** Outputs of the stack by name, as a template has them. */
    readonly outputs?: Readonly<Record<string, OutputDefinition>>;
    /** Parameters of the template by name, as a template has them. */
    readonly parameters?: Readonly<Record<string, ParameterDefinition>>;
    /** Conditions by name, as a template has them. */
    readonly conditions?: Readonly<Record<string, Data>>;
    /** Mappings by name, as a template has them. */
    readonly mappings?: Readonly<Record<string, Data>>;
    /** Tags of the stack, which its resources inherit. */
    readonly tags?: Readonly<Record<string, string>>;
    /** Code or commands at stages of the flow. */
    readonly hooks?: Hooks;
    /** Code that adds to the template as a whole (TypeScript and JavaScript). */
    readonly decorators?: readonly ServiceDecorator[];
}
export interface ResourceDefinition {
    readonly Type: string;
    readonly Properties?: Readonly<Record<string, Data>>;
    readonly DependsOn?: string | readonly string[];
    readonly Condition?: string;
    readonly Metadata?: Readonly<Record<string, Data>>;
    readonly CreationPolicy?: Readonly<Record<string, Data>>;
    readonly UpdatePolicy?: Readonly<Record<string, Data>>;
    readonly DeletionPolicy?: 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';
    readonly UpdateReplacePolicy?: 'Delete' | 'Retain' | 'Snapshot';
}
/** A resource that one of the service's functions makes, in any runtime: it answers what CloudFormation asks. */
export interface CustomResourceDefinition {
    /** Name of the function. */
    readonly function: string;
    /** Such as `Custom::Index`; `Custom::` and the name of the function by default. */
    readonly type?: string;
    /** What the function is told. */
    readonly properties?: Readonly<Record<string, Data>>;
    /** Logical IDs of resources to create first. */
    readonly dependsOn?: readonly string[];
    /** Seconds that CloudFormation waits for the answer; an hour by default. */
    readonly timeout?: number;
}
export interface OutputDefinition {
    readonly Value: Data;
    readonly Description?: string;
    readonly Export?: Readonly<Record<string, Data>>;
    readonly Condition?: string;
}
export interface ParameterDefinition {
    readonly Type: string;
    readonly Default?: string | number;
    readonly Description?: string;
    readonly AllowedValues?: readonly (string | number)[];
    readonly AllowedPattern?: string;
    readonly ConstraintDescription?: string;
    readonly MinLength?: number;
    readonly MaxLength?: number;
    readonly MinValue?: number;
    readonly MaxValue?: number;
    readonly NoEcho?: boolean;
}
/** What a definition that is a function is called with. */
export interface DefinitionContext {
    /** Whether this is a preview. */
    readonly noop: boolean;
    /** The input `stage`. */
    readonly stage: string;
    /** Undefined where no region is set. */
    readonly region: string | undefined;
    /** Undefined where there are no credentials. */
    readonly accountId: string | undefined;
    /** Names this build: the commit, unless given. */
    readonly buildId: string;
}
/** A service, or a function that makes one: so one file serves several environments. */
export type ServiceDefinition = Service | ((context: DefinitionContext) => Service | Promise<Service>);
