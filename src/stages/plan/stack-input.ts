import type { RenderedStack } from '../../assembly/render.ts';
import type { StackAssembly } from '../../assembly/types.ts';
import type { StackInput } from '../../aws/stack/change-set.ts';
import type { Stack } from '../../aws/stack/stack.ts';
import { isEnvironmentTag } from '../../environments/tag-names.ts';
import { sha256 } from '../../hash/canonical.ts';
import type { Host } from '../../host.ts';
import { declaredParameters } from '../../template/parameters.ts';
import type { Template } from '../../template/types.ts';
import type { Capability } from '../../template/validate/capabilities.ts';
import type { Run } from '../run.ts';
import { onFailureOf, settingsOf } from './settings.ts';

/** A stack, and what it shall be. */
export interface StackToChange {
  readonly stack: StackAssembly;
  readonly rendered: RenderedStack;
  /** The stack to update; `undefined`: it has to be created. */
  readonly current: Stack | undefined;
  /** What CloudFormation is allowed to do. */
  readonly capabilities: readonly Capability[];
}

/** What CloudFormation is given to create or change a stack. */
export function stackInput(
  { stack, rendered, current, capabilities }: StackToChange,
  url: string,
  { inputs, environment }: Run,
): StackInput {
  const { roleArn, notificationArns, rollbackAlarms, monitoringMinutes } = settingsOf(stack, inputs);
  const watches = rollbackAlarms !== undefined || monitoringMinutes !== undefined;
  return {
    stackName: stack.stackName,
    template: { url },
    parameters: stackParameters(rendered.template.template, rendered.parameters, current),
    tags: environment ? { ...tagsOf(stack, current), ...environment.tags } : stack.tags,
    capabilities,
    roleArn,
    notificationArns,
    onFailure: onFailureOf(inputs),
    express: inputs.express,
    importExisting: inputs.importExisting,
    revertDrift: inputs.drift === 'revert',
    ...(watches && { rollbackConfiguration: { alarms: rollbackAlarms, monitoringMinutes } }),
  };
}

/** Those that are given; without any, those that the stack has. */
function tagsOf({ tags }: StackAssembly, current: Stack | undefined): Readonly<Record<string, string>> {
  if (Object.keys(tags).length > 0) return tags;
  return Object.fromEntries(
    Object.entries(current?.tags ?? {}).filter(
      ([name]) => !isEnvironmentTag(name) && !name.startsWith('aws:'),
    ),
  );
}

/** What is not named keeps the value of the stack, as far as it has one. */
function stackParameters(
  template: Template,
  given: Readonly<Record<string, string>>,
  current: Stack | undefined,
): Record<string, string | undefined> {
  const declared = Object.keys(declaredParameters(template));
  const kept = declared.filter(
    (name) => !Object.hasOwn(given, name) && Object.hasOwn(current?.parameters ?? {}, name),
  );
  return { ...Object.fromEntries(kept.map((name) => [name, undefined])), ...given };
}

/** Unique to this try of this run. Whoever has to wait for it reads in it which run of GitHub it is. */
export function runToken({ env }: Host, plan: string): string {
  const { GITHUB_RUN_ID: id = '' } = env;
  const run = [id, env.GITHUB_RUN_ATTEMPT, env.GITHUB_JOB, process.pid, Date.now()].join('-');
  const named = /^\d{1,20}$/.test(id) ? `-run${id}` : '';
  return `${plan.slice(0, 12)}-${sha256(run).slice(0, 16)}${named}`;
}
