import { own } from '../template/types.ts';
import { cautions } from './cautions.ts';
import type { Report, StackReport } from './model.ts';
import { nameOf } from './names.ts';
import { actionOf, hasChanges } from './verdict.ts';

const hasCode = ({ codeFiles = {} }: StackReport): boolean => Object.keys(codeFiles).length > 0;

/** The difference for programs: the file of the output `diff`. docs/diff.md describes it; `version` says which form. */
export function renderDiffJson(report: Report): string {
  const stacks = report.stacks.map((stack) => ({
    ...(stack.label && { target: stack.label.name }),
    stackName: stack.stackName,
    region: stack.region,
    changed: hasChanges(stack),
    planHash: stack.planHash,
    base: stack.base,
    cautions: cautions(stack),
    resources: stack.diff.resources.map((resource) => ({
      action: actionOf(resource),
      name: nameOf(stack, resource.logicalId),
      madeBy: own(stack.madeBy ?? {}, resource.logicalId),
      ...resource,
    })),
    outputs: stack.diff.outputs,
    parameters: stack.diff.parameters,
    other: stack.diff.other,
    iam: stack.diff.iam,
    changedParameters: stack.changedParameters,
    changedTags: stack.changedTags,
    settings: stack.settings ?? [],
    ...(hasCode(stack) && { code: stack.codeFiles }),
    ...(stack.drift && { drift: stack.drift }),
    ...(stack.instances && { instances: stack.instances }),
  }));
  return `${JSON.stringify({ version: 1, stacks }, undefined, 2)}\n`;
}
