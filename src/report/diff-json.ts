import { cautions } from './cautions.ts';
import type { Report } from './model.ts';
import { nameOf } from './names.ts';
import { actionOf, hasChanges } from './verdict.ts';

/** The difference for programs: the file of the output `diff`. docs/diff.md describes it; `version` says which form. */
export function renderDiffJson(report: Report): string {
  const stacks = report.stacks.map((stack) => ({
    stackName: stack.stackName,
    region: stack.region,
    changed: hasChanges(stack),
    planHash: stack.planHash,
    base: stack.base,
    cautions: cautions(stack),
    resources: stack.diff.resources.map((resource) => ({
      action: actionOf(resource),
      name: nameOf(stack, resource.logicalId),
      ...resource,
    })),
    outputs: stack.diff.outputs,
    parameters: stack.diff.parameters,
    other: stack.diff.other,
    iam: stack.diff.iam,
    changedParameters: stack.changedParameters,
    changedTags: stack.changedTags,
    settings: stack.settings ?? [],
  }));
  return `${JSON.stringify({ version: 1, stacks }, undefined, 2)}\n`;
}
