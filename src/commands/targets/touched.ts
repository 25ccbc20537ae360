import { globSync, readFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import type { Host } from '../../host.ts';
import { type Changes, changesSince, fileAtBase, type KnownChanges } from '../../packaging/inputs/changes.ts';
import { type ServiceReader, type Touch, touching } from '../../packaging/inputs/touches.ts';
import { orUndefined } from '../../packaging/workspace/workspace.ts';
import { ProblemError } from '../../problem.ts';
import { readDefinition } from '../../sources/service/read.ts';
import { targetsFile } from '../../sources/targets.ts';
import { parseTargets } from '../../targets/parse.ts';
import type { Target, TargetDraft } from '../../targets/target.ts';
import type { TargetInputs } from './targets-of.ts';

/**
 * What has changed since the commit that a proposal is about; anything else than a proposal is about everything.
 *
 * @param folder absolute; in the repository
 */
export async function proposedChanges(folder: string, { event }: Host): Promise<Changes> {
  const { baseSha, pullRequest } = event;
  if (baseSha === undefined)
    return { kind: 'unknown', why: 'this is no pull request, so that every target counts' };
  return changesSince(folder, { headSha: pullRequest?.headSha, baseSha });
}

/**
 * Why targets are touched by what lies outside of services: the workflow, the file of targets, files of parameters and
 * others that inputs name.
 *
 * @returns what holds for all targets, and for one
 */
export async function outsideServices(
  inputs: TargetInputs,
  { changes, host }: { readonly changes: KnownChanges; readonly host: Host },
): Promise<{ readonly all: readonly Touch[]; of(target: Target): readonly Touch[] }> {
  const root = host.workspace;
  const folder = resolve(root, inputs.workingDirectory);
  const file = targetsFile(inputs.targets);
  const here = file === undefined ? undefined : resolve(folder, file);
  const drafts = here === undefined ? [] : await draftsIn(here, root);
  const before = here === undefined ? drafts : await draftsBefore(here, changes);
  const touches = touching(changes, root);
  const fileTouch = (path: string, words: string): Touch => {
    const name = relative(changes.top, path).split(sep).join('/');
    return { file: name, reason: `${name} ${words}` };
  };
  const all = [
    ...workflowTouches(changes, host),
    ...touches([filesRead('the inputs', inputFiles(inputs, host, folder), root)]),
    ...(before === undefined && here !== undefined ? [fileTouch(here, 'is not what it was')] : []),
  ];
  return {
    all,
    of({ name, service }) {
      const draft = drafts.find((each) => each.name === name);
      const old = before?.find((each) => each.name === name);
      const isOther = before !== undefined && JSON.stringify(textOf(draft)) !== JSON.stringify(textOf(old));
      const base = here === undefined ? folder : dirname(here);
      const named = (draft?.parameters ?? []).flatMap((part) =>
        typeof part === 'string' ? [resolve(base, part)] : [],
      );
      const config = resolve(root, service ?? inputs.workingDirectory);
      const settings = ['toml', 'yaml', 'yml'].map((end) => join(config, `samconfig.${end}`));
      return [
        ...(isOther && here !== undefined ? [fileTouch(here, 'says something else of it')] : []),
        ...touches([
          filesRead('its parameters', named, root),
          filesRead('settings of SAM CLI', settings, root),
        ]),
      ];
    },
  };
}

const filesRead = (what: string, paths: readonly string[], root: string): ServiceReader => ({
  what,
  reads: paths.map((path) => ({ kind: 'file', name: relative(root, path).split(sep).join('/') })),
});

/** Where a target is defined does not matter. */
const textOf = (draft: TargetDraft | undefined) => draft && { ...draft, path: [] };

async function draftsIn(path: string, root: string): Promise<readonly TargetDraft[]> {
  const { value } = await readDefinition(path, root, async () => {
    throw new ProblemError({ subject: 'input targets', message: 'the file exports a function' });
  });
  const parsed = parseTargets(value);
  return 'drafts' in parsed ? parsed.drafts : [];
}

/** As the base commit has them; `undefined` where that cannot be told and something has changed. */
async function draftsBefore(
  path: string,
  changes: KnownChanges,
): Promise<readonly TargetDraft[] | undefined> {
  const name = relative(changes.top, path).split(sep).join('/');
  if (!/^\.(ya?ml|json)$/.test(extname(path))) {
    const { modulesOf } = await import('../../sources/service/module-hooks.ts');
    const modules = modulesOf(path).files.map((each) => relative(changes.top, each));
    const reader = { what: '', reads: modules.map((each) => ({ kind: 'file' as const, name: each })) };
    return touching(changes, changes.top)([reader]).length > 0 ? undefined : draftsIn(path, changes.top);
  }
  if (!changes.files.has(name)) return draftsIn(path, changes.top);
  const text = await fileAtBase(changes, name);
  if (text === undefined) return undefined;
  try {
    const parsed = parseTargets(await parsedData(text, name));
    return 'drafts' in parsed ? parsed.drafts : undefined;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return undefined;
  }
}

async function parsedData(text: string, name: string): Promise<unknown> {
  if (name.endsWith('.json'))
    return (await import('../../template/read/parse-json.ts')).parseJson(text, name).value;
  return (await import('../../template/read/parse-yaml.ts')).parseYaml(text, name).value;
}

/** A workflow decides what each input is; those that others call, and actions of the repository, may do so as well. */
function workflowTouches({ files, top }: KnownChanges, { env }: Host): readonly Touch[] {
  const own = /^[^/]+\/[^/]+\/(.*)@/.exec(env.GITHUB_WORKFLOW_REF ?? '')?.[1];
  const isCalled = (file: string): boolean =>
    /\bworkflow_call\b/.test(orUndefined(() => readFileSync(join(top, file), 'utf8')) ?? '');
  const matters = (file: string): boolean =>
    file.startsWith('.github/actions/') ||
    (file.startsWith('.github/workflows/') && (own === undefined || file === own || isCalled(file)));
  return [...files.keys()]
    .filter(matters)
    .map((file) => ({ file, reason: `${file} has changed (the workflow)` }));
}

/** Files that inputs name: of parameters and tags, of events and checks. */
function inputFiles(inputs: TargetInputs, { env }: Host, folder: string): readonly string[] {
  const named = [env.INPUT_PARAMETERS, env.INPUT_TAGS].flatMap((raw = '') =>
    /^\s*[^\s=:{[]+\s*$/.test(raw.replace(/^file:\/\//, ''))
      ? [resolve(folder, raw.trim().replace(/^file:\/\//, ''))]
      : [],
  );
  const patterns = [...(inputs.events ?? []), ...(inputs.verify ?? [])];
  const found = patterns.flatMap((pattern) => globSync(pattern, { cwd: folder }));
  return [...named, ...found.map((name) => resolve(folder, name))];
}
