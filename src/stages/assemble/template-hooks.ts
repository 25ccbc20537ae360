import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemError } from '../../problem.ts';
import { type Contribution, mergeFragments } from '../../service/marshal/fragment.ts';
import type { TemplateDocument } from '../../template/document.ts';
import { isObject, type Template } from '../../template/types.ts';
import { validateTemplate } from '../../template/validate/index.ts';
import { templateDocument } from '../../template/write/from-value.ts';
import type { ServiceRun } from '../run.ts';
import { hookList, hookRun, runHooks } from './hooks.ts';
import type { Marshalled } from './marshal.ts';

/**
 * Stage 14: joins what the service and its decorators say, lets hooks change it, and checks what came out.
 *
 * @throws ProblemError when two sides define the same thing differently, when a hook fails, or with everything that
 *   CloudFormation would refuse
 */
export async function finishTemplate(
  service: ServiceRun,
  { template: marshalled }: Marshalled,
  decorated: readonly Contribution[],
): Promise<TemplateDocument> {
  const { file, locate } = service.loaded;
  const merged =
    decorated.length > 0
      ? mergeFragments([{ from: 'the service', fragment: marshalled }, ...decorated])
      : marshalled;
  const template = await templateHooks('postMarshall', service, merged);
  const document: TemplateDocument = { ...templateDocument(template, file), generated: true, locate };
  const problems = validateTemplate(document);
  if (problems.length > 0) throw new ProblemError(problems);
  await templateHooks('validate', service, structuredClone(template));
  return document;
}

/** Commands find the template in the file `SPARTA_HOOK_TEMPLATE`, and may change it there. */
async function templateHooks(
  name: 'postMarshall' | 'validate',
  service: ServiceRun,
  template: Template,
): Promise<Template> {
  const { loaded, context, run } = service;
  const hooks = hookList(loaded.service.hooks?.[name]);
  if (hooks.length === 0) return template;
  return run.host.log.group(name === 'validate' ? 'Hook Validate' : 'Hook PostMarshall', async (each) => {
    const folder = await mkdtemp(join(tmpdir(), 'sparta-template-'));
    const path = join(folder, 'template.json');
    let current = template;
    try {
      for (const [index, hook] of hooks.entries()) {
        await writeFile(path, JSON.stringify(current, undefined, 2));
        const call = { name, hooks: [hook], context: { ...context, template: current } };
        await runHooks({ ...call, variables: { TEMPLATE: path } }, hookRun(service, each));
        const label = `hook ${name} ${index + 1}`;
        if (typeof hook === 'string') current = await changedTemplate(path, label);
        else checkLeft(current, label);
      }
      return current;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** What code left of a template has to be one still. */
function checkLeft(template: Template, subject: string): void {
  let reason = isObject(template.Resources) ? undefined : 'there are no Resources in it';
  try {
    JSON.stringify(template);
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  if (reason !== undefined)
    throw new ProblemError({ subject, message: `what it left of the template cannot be used: ${reason}` });
}

async function changedTemplate(path: string, subject: string): Promise<Template> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (isObject(value) && isObject(value.Resources)) return value as Template;
    throw new Error('there are no Resources in it');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProblemError({ subject, message: `what it left of the template cannot be used: ${reason}` });
  }
}
