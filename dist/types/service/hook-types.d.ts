import type { Template } from '../template/types.ts';
import type { DefinitionContext, Service } from './types.ts';
/** What every hook and decorator is told. */
export interface HookContext extends DefinitionContext {
    readonly service: Service;
    readonly stackName: string;
    /** The definition's folder, absolute. */
    readonly directory: string;
}
export interface TemplateContext extends HookContext {
    /** May be changed. */
    readonly template: Template;
}
export interface ArchiveContext extends HookContext {
    /** The functions that the archive is for. */
    readonly functions: readonly string[];
    /** Adds a file to the archive. A name that the archive has already is an error. */
    add(name: string, content: string | Uint8Array, options?: {
        readonly executable?: boolean;
    }): void;
}
export interface RollbackContext extends HookContext {
    readonly error: Error;
}
export interface LambdaDecoratorContext extends TemplateContext {
    /**
     * Starts empty; what is added goes into the service's template. A resource without a `Type` adds to the one of that
     * name that is there.
     */
    readonly template: Template;
    /** The function's name in the definition. */
    readonly functionName: string;
    /** Logical ID of its AWS::Lambda::Function. */
    readonly logicalId: string;
    /** What the definition was marshalled to, before decorators; changes to it are lost. */
    readonly marshalled: Template;
    /** Hash of the function's archive or image. */
    readonly codeHash: string;
}
/** Code, or (also in YAML and JSON) a command that has the context in `SPARTA_HOOK_...` variables. */
export type Hook<Context> = string | ((context: Context) => void | Promise<void>);
/** One or several, which run one after the other. */
export type HookList<Context> = Hook<Context> | readonly Hook<Context>[];
/** Adds resources for one function. */
export type LambdaDecorator = (context: LambdaDecoratorContext) => void | Promise<void>;
/** Adds to the template as a whole; it starts empty, and `service` says what there is. */
export type ServiceDecorator = (context: TemplateContext) => void | Promise<void>;
/** Code of the service's own at stages of the flow. One that throws ends it. */
export interface Hooks {
    /** Before anything is compiled. */
    readonly preBuild?: HookList<HookContext>;
    /** After everything is compiled. */
    readonly postBuild?: HookList<HookContext>;
    /** For each archive, before it is made. */
    readonly archive?: HookList<ArchiveContext>;
    /** Before the template is made. */
    readonly preMarshall?: HookList<HookContext>;
    /** With the template, which it may change. */
    readonly postMarshall?: HookList<TemplateContext>;
    /** With the final template; throws when something is wrong with it. */
    readonly validate?: HookList<TemplateContext>;
    /** When any later stage failed, or the run was cancelled. */
    readonly rollback?: HookList<RollbackContext>;
}
