import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { orUndefined, resolveInside, type Workspace } from '../packaging/workspace/workspace.ts';
import { type Problem, ProblemError } from '../problem.ts';
import { requiredSparta } from './sparta/required.ts';

/** What describes a service, before it is read. `path` is absolute: a file, or a folder for the last three. */
export interface Source {
  readonly kind: 'service' | 'template' | 'cdk' | 'sparta' | 'assembly';
  readonly path: string;
}

const SERVICE_FILES = ['ts', 'mts', 'js', 'mjs', 'yml', 'yaml', 'json'].map((end) => `sparta.config.${end}`);
const TEMPLATE_FILES = ['template.yaml', 'template.yml', 'template.json'];
const CDK_FOLDER = 'cdk.out';
const DATA = /\.(ya?ml|json|template)$/;

/**
 * Decides what a given path is, or finds the one source of a folder.
 *
 * @param folder absolute path of the working directory
 * @param space nothing outside of it is a source
 * @param given the `source` input, already resolved to an absolute path inside of the workspace
 * @throws ProblemError when there is nothing, more than one source, or something that is none
 */
export async function findSource(
  space: Workspace,
  folder: string,
  given: string | undefined,
): Promise<Source> {
  const source =
    given === undefined
      ? await findByItself(folder, { input: 'working-directory', base: space.root })
      : await recognise(given, folder);
  // It may be a link, which is followed where the file itself is read; modules are loaded by Node, which follows it.
  const resolved = resolveInside(space, folder, source.path, { file: source.path });
  if ('problem' in resolved) throw new ProblemError(resolved.problem);
  return DATA.test(source.path) ? { ...source, path: resolved.path } : source;
}

/** An input that could name another folder, and what its paths are relative to. */
interface Elsewhere {
  readonly input: 'source' | 'working-directory';
  readonly base: string;
}

async function findByItself(folder: string, { input, base }: Elsewhere): Promise<Source> {
  const found = sourcesIn(folder);
  const shown = relative(base, folder) || 'this folder';
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  if (only !== undefined)
    throw new ProblemError({
      message: `more than one source found in ${shown}: ${found.map(({ path }) => basename(path)).join(', ')}`,
      next: 'Set the input source to the one that is meant.',
    });
  throw new ProblemError({
    message: `nothing to deploy found in ${shown}: looked for sparta.config.{ts,mts,js,mjs,yml,yaml,json}, ${TEMPLATE_FILES.join(', ')}, ${CDK_FOLDER} and a go.mod that requires Sparta`,
    next: existsSync(join(folder, 'cdk.json'))
      ? `Run cdk synth before, which writes ${CDK_FOLDER} for the application of cdk.json.`
      : (await import('./candidates.ts')).nextPlace({ folder, base, input }, sourcesIn),
  });
}

/** What a folder could be deployed as. */
function sourcesIn(folder: string): readonly Source[] {
  const names = new Set(orUndefined(() => readdirSync(folder)));
  const found: Source[] = [
    ...SERVICE_FILES.filter((name) => names.has(name)).map((name) => ({ kind: 'service' as const, name })),
    ...TEMPLATE_FILES.filter((name) => names.has(name)).map((name) => ({ kind: 'template' as const, name })),
    ...(isFolder(join(folder, CDK_FOLDER)) ? [{ kind: 'cdk' as const, name: CDK_FOLDER }] : []),
  ].map(({ kind, name }) => ({ kind, path: join(folder, name) }));
  if ([...names].some((name) => name.endsWith('.go')) && requiresSparta(folder))
    found.push({ kind: 'sparta', path: folder });
  return found;
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** @param folder that the input source is relative to */
async function recognise(path: string, folder: string): Promise<Source> {
  const found = statSync(path, { throwIfNoEntry: false });
  const shown = relative(folder, path);
  if (!found) throw new ProblemError(unusable(shown, 'there is no such file or folder'));
  const name = basename(path);
  if (found.isFile()) {
    if (SERVICE_FILES.includes(name)) return { kind: 'service', path };
    if (name.endsWith('.assembly.json')) return { kind: 'assembly', path };
    if (DATA.test(name)) return { kind: 'template', path };
    throw new ProblemError(unusable(shown, 'it is neither a service definition nor a YAML or JSON template'));
  }
  if (!found.isDirectory()) throw new ProblemError(unusable(shown, 'it is neither a file nor a folder'));
  const names = new Set(readdirSync(path));
  if (names.has('assembly.json')) return { kind: 'assembly', path };
  if (names.has('manifest.json')) return { kind: 'cdk', path };
  // A cloud assembly has a file of this name, with its version.
  if (name === CDK_FOLDER && !isFolder(join(path, CDK_FOLDER)))
    throw new ProblemError({
      ...unusable(shown, 'it holds no manifest.json'),
      next: 'Run cdk synth again.',
    });
  return findByItself(path, { input: 'source', base: folder });
}

const unusable = (path: string, why: string): Problem => ({
  subject: 'input source',
  message: `${path} cannot be used: ${why}`,
});

/** A Sparta application is a package of a Go module that requires the framework. */
function requiresSparta(folder: string): boolean {
  const goMod = orUndefined(() => readFileSync(join(folder, 'go.mod'), 'utf8'));
  if (goMod !== undefined) return requiredSparta(goMod) !== undefined;
  return dirname(folder) !== folder && requiresSparta(dirname(folder));
}
