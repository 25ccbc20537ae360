import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Asset } from '../../assembly/types.ts';
import type { Log } from '../../log.ts';
import { ProblemError } from '../../problem.ts';
import type { HookContext, HookList, TemplateContext } from '../../service/hook-types.ts';
import { type Contribution, mergeFragments } from '../../service/marshal/fragment.ts';
import { logicalId } from '../../service/marshal/ids.ts';
import { codePath, marshal } from '../../service/marshal/index.ts';
import type { LoadedService } from '../../sources/service/load.ts';
import type { TemplateDocument } from '../../template/document.ts';
import { isObject, type Template } from '../../template/types.ts';
import { validateTemplate } from '../../template/validate/index.ts';
import { templateDocument } from '../../template/write/from-value.ts';
import { type HookRun, hookList, runCode, runHooks } from './hooks.ts';

export interface Packed {
  readonly roleArns: ReadonlyMap<string, string>;
  readonly assets: readonly Asset[];
}

/**
 * Stages 11 to 14: marshals a service into its template, lets decorators add to it and hooks change it, and checks what
 * came out.
 *
 * @throws ProblemError when two sides define the same thing differently, when code fails, or with everything that
 *   CloudFormation would refuse
 */
export async function marshalService(
  loaded: LoadedService,
  context: HookContext,
  packed: Packed,
  runIn: (log: Log) => HookRun,
  log: Log,
): Promise<TemplateDocument> {
  const { service, file, locate } = loaded;
  const { hooks = {} } = service;
  const hashes = codeHashes(loaded, packed.assets);
  const marshalled = await log.group('Marshal', async (each) => {
    const template = marshal(service, { roleArns: packed.roleArns, codeHashes: hashes });
    each.info(`${Object.keys(template.Resources).length} resources`);
    return template;
  });
  const contributions: Contribution[] = [{ from: 'the service', fragment: marshalled }];
  contributions.push(...(await lambdaDecorators(loaded, { ...context, marshalled, hashes }, runIn, log)));
  contributions.push(...(await serviceDecorators(loaded, context, runIn, log)));
  const merged = contributions.length > 1 ? mergeFragments(contributions) : marshalled;
  const template = await templateHooks('postMarshall', hooks.postMarshall, merged, context, runIn, log);
  const document: TemplateDocument = { ...templateDocument(template, file), generated: true, locate };
  const problems = validateTemplate(document);
  if (problems.length > 0) throw new ProblemError(problems);
  await templateHooks('validate', hooks.validate, structuredClone(template), context, runIn, log);
  return document;
}

/** Stage 12: each decorator of a function gets a template to add to. */
async function lambdaDecorators(
  { service }: LoadedService,
  {
    marshalled,
    hashes,
    ...context
  }: HookContext & {
    readonly marshalled: Template;
    readonly hashes: ReadonlyMap<string, string>;
  },
  runIn: (log: Log) => HookRun,
  log: Log,
): Promise<readonly Contribution[]> {
  const decorated = Object.entries(service.functions ?? {}).filter(([, fn]) => fn.decorators?.length);
  if (decorated.length === 0) return [];
  return log.group('Lambda decorators', async (each) => {
    const made: Contribution[] = [];
    for (const [functionName, { decorators = [] }] of decorated) {
      for (const [index, decorator] of decorators.entries()) {
        const from = `lambda decorator ${nameOf(decorator, index)} of ${functionName}`;
        const template: Template = { Resources: {} };
        const told = {
          ...context,
          template,
          functionName,
          logicalId: logicalId(functionName),
          marshalled: structuredClone(marshalled),
          codeHash: hashes.get(functionName) ?? '',
        };
        await runCode(from, () => decorator(told), runIn(each));
        made.push({ from, fragment: template });
        each.info(`${from}: ${Object.keys(template.Resources).join(', ') || 'no resources'}`);
      }
    }
    return made;
  });
}

/** Stage 13: each decorator of the service gets a template to add to. */
async function serviceDecorators(
  { service: { decorators = [] } }: LoadedService,
  context: HookContext,
  runIn: (log: Log) => HookRun,
  log: Log,
): Promise<readonly Contribution[]> {
  if (decorators.length === 0) return [];
  return log.group('Service decorators', async (each) => {
    const made: Contribution[] = [];
    for (const [index, decorator] of decorators.entries()) {
      const from = `service decorator ${nameOf(decorator, index)}`;
      const template: Template = { Resources: {} };
      await runCode(from, () => decorator({ ...context, template }), runIn(each));
      made.push({ from, fragment: template });
      each.info(`${from}: ${Object.keys(template.Resources).join(', ') || 'no resources'}`);
    }
    return made;
  });
}

/** An anonymous one is told by its place in the list, counted from 1. */
const nameOf = ({ name }: { readonly name: string }, index: number): string => name || String(index + 1);

/** Stage 14. Commands find the template in the file `SPARTA_HOOK_TEMPLATE`, and may change it there. */
async function templateHooks(
  name: 'postMarshall' | 'validate',
  hooks: HookList<TemplateContext> | undefined,
  template: Template,
  context: HookContext,
  runIn: (log: Log) => HookRun,
  log: Log,
): Promise<Template> {
  if (hookList(hooks).length === 0) return template;
  return log.group(name === 'validate' ? 'Hook Validate' : 'Hook PostMarshall', async (each) => {
    const folder = await mkdtemp(join(tmpdir(), 'sparta-template-'));
    const path = join(folder, 'template.json');
    let current = template;
    try {
      for (const [index, hook] of hookList(hooks).entries()) {
        await writeFile(path, JSON.stringify(current, undefined, 2));
        await runHooks(name, [hook], { ...context, template: current }, runIn(each), { TEMPLATE: path });
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

/** By the names of functions; a version's logical ID follows its code. */
function codeHashes({ service }: LoadedService, assets: readonly Asset[]): ReadonlyMap<string, string> {
  const byPath = new Map(
    assets.flatMap(({ hash, targets }) =>
      targets.flatMap((target) =>
        target.kind === 'property' ? [[target.path.join('.'), hash] as const] : [],
      ),
    ),
  );
  return new Map(
    Object.entries(service.functions ?? {}).flatMap(([name, { build }]) => {
      const hash = byPath.get(codePath(name, build?.kind === 'image' ? 'image' : 'zip').join('.'));
      return hash === undefined ? [] : [[name, hash] as const];
    }),
  );
}
