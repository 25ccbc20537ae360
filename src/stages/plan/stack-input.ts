import type { RenderedStack } from '../../assembly/render.ts';
import type { StackAssembly } from '../../assembly/types.ts';
import type { StackInput } from '../../aws/stack/change-set.ts';
import type { Stack } from '../../aws/stack/stack.ts';
import { sha256 } from '../../hash/canonical.ts';
import type { Host } from '../../host.ts';
import { declaredParameters } from '../../template/parameters.ts';
import type { Template } from '../../template/types.ts';
import type { Capability } from '../../template/validate/capabilities.ts';
import type { Run } from '../run.ts';
import { settingsOf } from './settings.ts';

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
  { inputs }: Run,
): StackInput {
  const { roleArn, notificationArns } = settingsOf(stack, inputs);
  return {
    stackName: stack.stackName,
    template: { url },
    parameters: stackParameters(rendered.template.template, rendered.parameters, current),
    tags: stack.tags,
    capabilities,
    roleArn,
    notificationArns,
    onFailure: inputs.onFailure,
  };
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

/** Unique to this try of this run. */
export function runToken({ env }: Host, plan: string): string {
  const run = [env.GITHUB_RUN_ID, env.GITHUB_RUN_ATTEMPT, env.GITHUB_JOB, process.pid, Date.now()].join('-');
  return `${plan.slice(0, 12)}-${sha256(run).slice(0, 16)}`;
}
