import { join } from 'node:path';
import type { Aws } from '../aws/connection/clients.ts';
import type { NamedEnvironment } from '../environments/named-environment.ts';
import type { Cache } from '../github/cache.ts';
import type { Host } from '../host.ts';
import { DEFAULT_STAGE, type Inputs } from '../inputs.ts';
import type { BuildContext } from '../packaging/toolchains/context.ts';
import type { Workspace } from '../packaging/workspace/workspace.ts';
import type { HookContext } from '../service/hook-types.ts';
import type { DefinitionContext } from '../service/types.ts';
import type { LoadedService } from '../sources/service/load.ts';

/** What a run is given: made once (src/commands/run.ts), and handed to every stage. */
export interface Run {
  readonly inputs: Inputs;
  readonly host: Host;
  /** Nothing is changed in AWS. */
  readonly noop: boolean;
  /** `undefined` where AWS is not asked. */
  readonly aws: Aws | undefined;
  readonly source: SourceRequest;
  /** `.sparta`, absolute: where what is made is kept, and where another job finds it. */
  readonly output: string;
  /** Name of the target, where the run is one of several that share what is made. */
  readonly target?: string;
  /** What toolchains are given besides the log. */
  readonly context: Omit<BuildContext, 'log'>;
  /** Where artifacts are kept between jobs; `undefined`: nowhere. */
  readonly cache: Cache | undefined;
  /** Where it deploys to, where that has a name; `undefined`: nobody said one. */
  readonly environment?: NamedEnvironment | undefined;
}

/** A run that changes something in AWS. */
export interface ConnectedRun extends Run {
  readonly aws: Aws;
}

/** What is asked for, as far as it concerns the source. */
export interface SourceRequest {
  readonly space: Workspace;
  /** Absolute. */
  readonly workingDirectory: string;
  readonly source: string | undefined;
  readonly stackName: string | undefined;
  /** What a stack is called instead, in the environment of a pull request. */
  readonly rename?: NamedEnvironment['stackName'];
  /** What a stack is called that nothing names, for uses that need no name. */
  readonly fallbackName?: string;
  /** Names, construct paths or globs; `undefined`: all. */
  readonly stacks: readonly string[] | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** See {@link file://../sources/template.ts}. */
  readonly ignoreMissing?: boolean;
  /** Whether a source that runs code may do so. */
  readonly trust: Trust;
}

/** Whose code may run. */
export interface Trust {
  readonly env: Host['env'];
  /** The input `allow-untrusted-code`. */
  readonly allowed: boolean;
}

/** A service definition on its way through the stages. */
export interface ServiceRun {
  readonly loaded: LoadedService;
  /** What hooks and decorators are told. */
  readonly context: HookContext;
  readonly run: Run;
}

/** Where the templates and reports of a run go: each of several targets has a folder of its own. */
export const folderOf = ({ output, target }: Pick<Run, 'output' | 'target'>): string =>
  target === undefined ? output : join(output, 'targets', target);

/** Source: AWS Lambda, "Quotas": functions are called `<stack>_<name>`. */
const LONGEST_FUNCTION_NAME = 64;

/** What the stack of a service definition is called. */
export function serviceStackName(
  { stackName, rename }: SourceRequest,
  { name, functions }: Pick<LoadedService['service'], 'name' | 'functions'>,
): string {
  const base = stackName ?? name;
  if (!rename) return base;
  const longest = Math.max(0, ...Object.keys(functions ?? {}).map(({ length }) => length));
  return rename(base, LONGEST_FUNCTION_NAME - 1 - longest);
}

/** The account that the credentials belong to; a preview goes on without them. */
export async function accountOf(aws: Aws | undefined): Promise<string | undefined> {
  if (!aws || !(await aws.hasCredentials())) return undefined;
  return aws.identity().then(
    ({ account }) => account,
    () => undefined,
  );
}

/** Parameters that say which of several copies of a service a stack is. */
const STAGE_PARAMETERS = ['Stage', 'StageName', 'Environment', 'EnvironmentName', 'Env'];

/** What tells the stacks of one name in several accounts apart, for people: the input `stage`, or a parameter. */
export function stageOf({ inputs, environment, source: { parameters } }: Run): string | undefined {
  // It is in the stack's name.
  if (environment?.pullRequest !== undefined && inputs.stage === environment.name) return undefined;
  if (inputs.stage !== DEFAULT_STAGE) return inputs.stage;
  const name = STAGE_PARAMETERS.find((each) => Object.hasOwn(parameters, each));
  return name === undefined ? undefined : parameters[name];
}

/** What a service definition that is a function is called with. */
export async function definitionContext({ inputs, host, noop, aws }: Run): Promise<DefinitionContext> {
  return {
    noop,
    stage: inputs.stage,
    region: aws?.region,
    accountId: await accountOf(aws),
    buildId: host.env.GITHUB_SHA ?? 'local',
  };
}
