import type { StackAssembly } from '../assembly/types.ts';
import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import type { Outcome } from '../outcome.ts';
import { ProblemError } from '../problem.ts';
import { expand } from '../sam/expanded.ts';
import { checkTemplates } from '../stages/assemble/check-template.ts';
import { assemble } from '../stages/assemble/index.ts';
import { findStack } from '../stages/plan/find-stack.ts';
import { located } from '../stages/plan/index.ts';
import { knownNow } from '../stages/plan/known-templates.ts';
import { allLevels, assembledLevel, deployedLevel, type Level } from '../stages/plan/levels/level.ts';
import type { Run } from '../stages/run.ts';
import { templateDifference } from '../template/diff/written.ts';
import type { Template } from '../template/types.ts';
import { yamlText } from '../template/write/yaml-text.ts';
import { connectionFor } from './provision.ts';
import { runOf } from './run.ts';

/** Templates of a stack and of those in it, by `<stack>` and `<stack>/<logical ID>`. */
type Templates = ReadonlyMap<string, Template>;

/**
 * Prints what CloudFormation makes of the templates, or what differs from what it made of the deployed ones. AWS is only
 * read, and not even that without credentials.
 *
 * @throws ProblemError where only CloudFormation can tell, and where there is nothing to compare with
 */
export async function expandCommand(inputs: Inputs, host: Host): Promise<Outcome> {
  const { format, diff } = inputs;
  if (format === 'mermaid' || format === 'svg' || format === 'terraform')
    throw new ProblemError({
      subject: 'input format',
      message: `a template cannot be printed as ${format}`,
      next: 'Give yaml or json; mermaid and svg are for describe, terraform is for policy.',
    });
  if (diff && format === 'json')
    throw new ProblemError({
      subject: 'input format',
      message: 'a difference is printed as text',
      next: 'Leave out format, or diff.',
    });
  const aws = await connectionFor(inputs, host, !diff);
  const run = runOf(inputs, host, { noop: true, aws });
  const { assembly, toSave } = await assemble(run);
  checkTemplates(assembly, run);
  const sides = await Promise.all(assembly.stacks.map((stack) => sidesOf(stack, run)));
  const after: Templates = new Map(sides.flatMap((each) => [...each.after]));
  const before: Templates = new Map(sides.flatMap((each) => [...each.before]));
  const answer = diff ? difference(before, after) : printed(after, format);
  if (answer === '') host.log.info('What would be deployed is what is deployed.');
  return { ok: true, report: undefined, outputs: {}, stackOutputs: {}, toSave, answer: answer.trimEnd() };
}

async function sidesOf(
  assembled: StackAssembly,
  run: Run,
): Promise<{ readonly before: Templates; readonly after: Templates }> {
  const { inputs, host } = run;
  const found = await findStack(assembled, run.aws, host.log);
  const { stack, aws, deployed } = found;
  if (inputs.diff && (deployed.kind === 'unknown' || deployed.kind === 'unreadable'))
    throw new ProblemError({
      subject: stack.stackName,
      message: `the deployed stack cannot be read: ${deployed.why}`,
      next: 'Leave out diff, or give credentials that may read it.',
    });
  const { rendered } = await located(found, 'preview', run);
  const region = stack.environment?.region ?? aws?.region;
  const level = await assembledLevel({ stack, rendered, region }, knownNow(rendered, deployed));
  const former =
    inputs.diff && aws && deployed.kind === 'stack' ? await deployedLevel(aws, deployed) : undefined;
  const { stackName } = stack;
  return {
    before: former ? await templatesOf(stackName, former) : new Map(),
    after: await templatesOf(stackName, level),
  };
}

async function templatesOf(stackName: string, level: Level): Promise<Templates> {
  const levels = await allLevels(stackName, level);
  return new Map(
    levels.map(({ name, level: { made, known } }) => {
      if (made.kind === 'made') {
        // Loops are left as they are where templates are only compared.
        const whole = expand({ template: made.template, known }, { always: true });
        return [name, whole.kind === 'made' ? whole.template : made.template];
      }
      throw new ProblemError({ subject: name, message: `its template cannot be expanded here: ${made.why}` });
    }),
  );
}

function printed(templates: Templates, format: Inputs['format']): string {
  const [[, only] = []] = templates;
  const isOne = templates.size === 1;
  if (format === 'json') return JSON.stringify(isOne ? only : Object.fromEntries(templates), undefined, 2);
  return [...templates]
    .map(([name, template]) => `${isOne ? '' : `# ${name}\n`}${yamlText(template)}`)
    .join('---\n');
}

function difference(before: Templates, after: Templates): string {
  return [...new Set([...after.keys(), ...before.keys()])]
    .flatMap((name) => {
      const lines = templateDifference(before.get(name), after.get(name));
      return lines.length === 0 ? [] : [`--- ${name}, deployed`, `+++ ${name}`, ...lines];
    })
    .join('\n');
}
