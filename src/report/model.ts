import type { Picture } from '../picture/types.ts';
import type { Problem } from '../problem.ts';
import type { TemplateDiff } from '../template/diff/types.ts';
import type { ParameterValues } from './values/parameter-values.ts';

/** What a run has to say. One model is rendered as pull request comment, job summary, terminal text and page. */
export interface Report {
  /** Of a preview nothing was changed; `tested` compared nothing either, it ran smoke tests; `failed` says why in each stack, or in {@link problems}. */
  readonly state: 'preview' | 'deployed' | 'deleted' | 'tested' | 'failed';
  readonly stacks: readonly StackReport[];
  /** What failed before there was a stack to speak of. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
  readonly target: RunTarget;
  /** Its place is the job summary: it is nothing that a pull request's comment is about. */
  readonly summaryOnly?: boolean;
  /** Packages that lock files have otherwise than at the base commit, and no archive tells. */
  readonly lockFiles?: readonly LockedPackages[];
  /** The commit that was built. */
  readonly commit: string | undefined;
  readonly runUrl: string | undefined;
}

/** What a run was about, also where it failed before it knew its stacks. */
export interface RunTarget {
  /** As far as they are known. */
  readonly stackNames: readonly string[];
  /** The source or its folder, relative to the workspace; `.` is the workspace itself. */
  readonly folder: string;
  /** The stacks of the source that were asked for, as it was said; empty: all of them. */
  readonly selected: string;
  readonly region: string | undefined;
  readonly stage: string | undefined;
  /** Empty where it is not known, or each stack has its own. */
  readonly accountHash: string;
}

/** Which of several targets something is of. */
export interface TargetLabel {
  readonly name: string;
  /** Folder of the service, relative to the workspace. */
  readonly service: string;
  /** As the definition of the target has it. */
  readonly account?: string;
}

/** One stack of a run. */
export interface StackReport {
  /** `undefined`: the run has no targets. */
  readonly label?: TargetLabel;
  readonly stackName: string;
  /** `undefined` where nothing said which. */
  readonly region: string | undefined;
  /** `prod`, where something says it: tells stacks of one name in several accounts apart. */
  readonly stage?: string | undefined;
  readonly state: 'preview' | 'deployed' | 'unchanged' | 'deleted' | 'tested' | 'failed';
  /** What the template was compared with. */
  readonly base: DiffBase;
  readonly diff: TemplateDiff;
  /** Names of parameters and tags that change. */
  readonly changedParameters: readonly string[];
  /** Old and new value of those parameters that may be shown. */
  readonly parameterValues?: Readonly<Record<string, ParameterValues>>;
  readonly changedTags: readonly string[];
  /** What changes of the stack itself, beside its template. */
  readonly settings?: readonly SettingChange[];
  /** What resources are called in their author's code (CDK), by logical ID. */
  readonly names?: Readonly<Record<string, string>>;
  /** The resource of the author's template, by the logical IDs of those that a transform makes of it. */
  readonly madeBy?: Readonly<Record<string, string>>;
  /** Size in bytes of what functions and layers are made of, by logical ID. */
  readonly codeSizes: Readonly<Record<string, number>>;
  /** What changed in the archives of functions and layers, by logical ID, where the former ones were at hand. */
  readonly codeFiles?: Readonly<Record<string, CodeFiles>>;
  readonly planHash: string;
  /** Hash of the account, so that comments for two accounts are told apart without showing either. */
  readonly accountHash: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly failure: Problem | undefined;
  /** What is to be known beside the difference: how it is made, and what runs that the stack does not know of. */
  readonly notes?: readonly string[];
  /** What holds data in a failed stack that has to be deleted before it is created again. */
  readonly leftovers?: readonly { readonly logicalId: string; readonly type: string }[];
  /** What CloudFormation would refuse, where it was asked. */
  readonly refused?: readonly { readonly logicalId: string; readonly message: string }[];
  /** What calls durable functions without a version or an alias, as far as it or the function changes. */
  readonly unpinned?: readonly { readonly logicalId: string; readonly message: string }[];
  /** What the roles of a deployment are not allowed, without which it fails; by resource or stack. */
  readonly lacking?: readonly { readonly logicalId: string; readonly message: string }[];
  /** What was changed outside of CloudFormation, where it is being reverted. */
  readonly drift?: readonly DriftRow[];
  /** A line for each resource that was changed outside of CloudFormation, where that was looked for. */
  readonly drifted?: readonly string[];
  /** Of a stack set: what happens to each of its stacks, or has happened. */
  readonly instances?: readonly InstanceRow[];
  /** Where functions were tried out before. */
  readonly smokeTests?: readonly SmokeTestReport[];
  /** The stack in one picture, with what changes in it; of an unchanged stack only where it was asked for. */
  readonly picture?: Picture;
  /** What the template says of each resource, as YAML, by logical ID; for the page alone. */
  readonly resourceTexts?: Readonly<Record<string, string>>;
  /** What was tried after the deployment. */
  readonly verification?: readonly SmokeTestReport[];
  /** The end of the logs of functions, after a check of the deployment has failed; nothing for a comment. */
  readonly logs?: readonly FunctionLog[];
  /** The environment that it was deployed to. */
  readonly environment?: EnvironmentReport;
  /** What CloudFormation did, in the order in which it began; for the page alone. */
  readonly timeline?: readonly TimelineRow[];
}

/** What happened to a resource. Times are milliseconds since CloudFormation began. */
export interface TimelineRow {
  /** That of a nested stack's with the stack's name before it. */
  readonly logicalId: string;
  readonly type: string;
  readonly action: 'create' | 'update' | 'delete' | 'rollback';
  readonly start: number;
  /** `undefined` where its end was not seen. */
  readonly end: number | undefined;
  readonly failed: boolean;
}

/** A stack of a stack set. */
export interface InstanceRow {
  /** The end of the account's number, or the organisational unit whose accounts are yet to be found. */
  readonly account: string;
  readonly region: string;
  readonly change: 'added' | 'updated' | 'removed' | 'unchanged';
  /** How that ended; absent where nothing was done. */
  readonly result?: 'succeeded' | 'failed' | 'cancelled';
  /** Why it failed. */
  readonly reason?: string;
}

/** The end of a log. */
export interface FunctionLog {
  readonly group: string;
  readonly lines: readonly string[];
}

/** Where something was deployed to. Times are milliseconds since 1970. */
export interface EnvironmentReport {
  readonly name: string;
  /** Where it answers. */
  readonly url: string | undefined;
  readonly created: number;
  /** After which it may be swept away. */
  readonly expires: number | undefined;
  /** Resources that cost money while nobody uses them. */
  readonly billed: readonly string[];
  readonly logsUrl: string;
  /** It goes with its pull request. */
  readonly isTransient: boolean;
}

/** A property that was changed outside of CloudFormation; values are texts for people. */
export interface DriftRow {
  readonly logicalId: string;
  readonly type: string;
  /** Empty where it is about the resource as a whole. */
  readonly property: string;
  /** In the template that is deployed. */
  readonly deployed: string;
  readonly real: string;
  /** What a deployment makes of it. */
  readonly after: string;
}

/** A setting of a stack that a deployment changes. */
export interface SettingChange {
  readonly name:
    | 'termination protection'
    | 'notification topics'
    | 'role of CloudFormation'
    | 'rollback alarms'
    | 'monitoring minutes'
    | 'administration role'
    | 'execution role'
    | 'auto-deployment';
  readonly before: string;
  readonly after: string;
}

/** How an archive differs from the former one. */
export interface CodeFiles {
  /** Bytes of the former archive. */
  readonly sizeBefore: number;
  /** By name. */
  readonly changes: readonly { readonly kind: 'added' | 'changed' | 'removed'; readonly name: string }[];
  /** Further files that changed. */
  readonly more: number;
  /** Packages that it is made of, by name, where some are other ones than before. */
  readonly packages?: readonly PackageRow[];
}

/** How a package of an archive differs from the former archive. */
export interface PackageRow {
  readonly kind: 'added' | 'updated' | 'removed';
  readonly ecosystem: 'npm' | 'PyPI' | 'Go';
  readonly name: string;
  /** Versions, divided by commas; absent where it was not there. */
  readonly before?: string;
  readonly after?: string;
  /** Bytes, where its files can be told from others. */
  readonly sizeBefore?: number;
  readonly sizeAfter?: number;
  readonly licence?: string;
  /** It runs a program of its own where it is installed, and did not before or was not there. */
  readonly installs?: true;
}

/** Packages of a lock file that changed. */
export interface LockedPackages {
  /** Relative to the workspace. */
  readonly file: string;
  readonly packages: readonly PackageRow[];
  /** How many are left out. */
  readonly more: number;
}

/** What became of one smoke test. */
export interface SmokeTestReport {
  readonly file: string;
  readonly function: string;
  readonly passed: boolean;
  readonly durationMs: number;
  /** What was not as expected, one line each. */
  readonly failures: readonly string[];
  /** What the call took, where the function ran on this machine. */
  readonly usage?: Usage;
  /** What happened in a durable function, or a state machine. */
  readonly execution?: ExecutionReport;
}

/** What one call of a function took. */
export interface Usage {
  /** MB that the function is given. */
  readonly memoryMb: number;
  /** Most that it used; 0 where the machine does not tell. */
  readonly usedMb: number;
  readonly architecture: 'x86_64' | 'arm64';
  /** It runs on instances of a capacity provider, which are billed instead of its calls. */
  readonly managed?: true;
}

/** The execution of a durable function or a state machine: a line of text for each of its operations or states. */
export interface ExecutionReport {
  readonly title: string;
  readonly lines: readonly string[];
  /** Mermaid: the state machine with the way that was taken. */
  readonly diagram?: string;
}

/** What a preview was compared with. */
export type DiffBase =
  | { readonly kind: 'deployed' }
  | { readonly kind: 'commit'; readonly sha: string }
  | { readonly kind: 'nothing'; readonly why: string }
  /** There is something to compare with, but nobody knows what. */
  | { readonly kind: 'missing'; readonly why: string };
