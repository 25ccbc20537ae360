import type { Problem } from '../problem.ts';
import type { TemplateDiff } from '../template/diff/types.ts';
import type { ParameterValues } from './parameter-values.ts';

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
  readonly region: string | undefined;
  readonly stage: string | undefined;
}

/** One stack of a run. */
export interface StackReport {
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
  /** What CloudFormation would refuse, where it was asked. */
  readonly refused?: readonly { readonly logicalId: string; readonly message: string }[];
  /** Where functions were tried out before. */
  readonly smokeTests?: readonly SmokeTestReport[];
}

/** A setting of a stack that a deployment changes. */
export interface SettingChange {
  readonly name: 'termination protection' | 'notification topics' | 'role of CloudFormation';
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
}

/** What became of one smoke test. */
export interface SmokeTestReport {
  readonly file: string;
  readonly function: string;
  readonly passed: boolean;
  readonly durationMs: number;
  /** What was not as expected, one line each. */
  readonly failures: readonly string[];
}

/** What a preview was compared with. */
export type DiffBase =
  | { readonly kind: 'deployed' }
  | { readonly kind: 'commit'; readonly sha: string }
  | { readonly kind: 'nothing'; readonly why: string }
  /** There is something to compare with, but nobody knows what. */
  | { readonly kind: 'missing'; readonly why: string };
