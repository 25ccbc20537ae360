import { statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { orUndefined, readInside, resolveInside, type Workspace } from '../packaging/workspace/workspace.ts';
import type { KeyValues } from '../parse/key-values.ts';
import { type Place, type Problem, ProblemError, problemLine } from '../problem.ts';
import { type Fault, pathText } from '../service/schema/check.ts';
import { parseTargets } from '../targets/parse.ts';
import type { Target, TargetDraft } from '../targets/target.ts';
import type { TemplatePath } from '../template/types.ts';
import { readDefinition } from './service/read.ts';

const INPUT = 'input targets';

/** What is never the path of a file. */
const INLINE = /\n|^[[{]|:\s/;

/** The file that an input names; `undefined`: it holds the targets itself. */
export const targetsFile = (given: string): string | undefined =>
  INLINE.test(given) ? undefined : given.replace(/^file:\/\//, '');

/**
 * Reads all targets, and the files of their parameters, which are relative to the file of the targets.
 *
 * @param folder absolute: what the file is relative to
 * @param given a file, or the targets themselves as YAML or JSON
 * @throws ProblemError with everything that is wrong with them
 */
export async function loadTargets(
  space: Workspace,
  folder: string,
  given: string,
): Promise<readonly [Target, ...Target[]]> {
  const { value, locate, base } = asFile(await read(space, folder, given));
  const parsed = parseTargets(value);
  if ('faults' in parsed) throw new ProblemError(parsed.faults.map((fault) => problemOf(fault, locate)));
  const [first, ...others] = parsed.drafts;
  const missing: MissingFile[] = [];
  const files = parameterFiles(space, base);
  const withFiles = async (draft: TargetDraft): Promise<Target> => {
    const { path, places, parameters, ...target } = draft;
    const parts = await Promise.all(
      parameters.map((part) =>
        typeof part !== 'string'
          ? { values: part, keep: [] }
          : files(part).catch((error: unknown): KeyValues => {
              if (!(error instanceof ProblemError)) throw error;
              const place = locate(places.parameters ?? path);
              missing.push({ target: target.name, place, problems: error.problems });
              return { values: {}, keep: [] };
            }),
      ),
    );
    return { ...target, parameters: added(parts) };
  };
  const targets = [await withFiles(first), ...(await Promise.all(others.map(withFiles)))] as const;
  if (missing.length > 0) throw new ProblemError(toldOnce(missing));
  return targets;
}

/** A file of parameters of a target that cannot be used. */
interface MissingFile {
  readonly target: string;
  /** Where the target names it. */
  readonly place: Place;
  readonly problems: readonly Problem[];
}

/** Each problem of a file that several targets have once, with their names. */
function toldOnce(missing: readonly MissingFile[]): readonly Problem[] {
  const all = missing.flatMap(({ problems, ...of }) => problems.map((problem) => ({ ...of, problem })));
  return [...Map.groupBy(all, ({ problem }) => problemLine(problem)).values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const { problem, place } = first;
    const names = [...new Set(same.map(({ target }) => target))];
    const what = problem.subject ? `${problem.subject}: ` : '';
    return [
      {
        place,
        ...problem,
        subject: `target${names.length > 1 ? 's' : ''} ${names.join(', ')}`,
        message: `${what}${problem.message}`,
      },
    ];
  });
}

interface ReadTargets {
  readonly value: unknown;
  locate(path: TemplatePath): Place;
  /** What files of parameters are relative to. */
  readonly base: string;
}

/** A list is all targets. */
function asFile({ value, locate, base }: ReadTargets): ReadTargets {
  if (!Array.isArray(value)) return { value, locate, base };
  return { value: { targets: value }, locate: (path) => locate(path.slice(1)), base };
}

async function read(space: Workspace, folder: string, given: string): Promise<ReadTargets> {
  const file = targetsFile(given);
  if (file === undefined) {
    const { parseYaml } = await import('../template/read/parse-yaml.ts');
    return { ...parseYaml(given, INPUT), base: folder };
  }
  const next = 'Give the path of a file such as sparta.targets.yml, or the targets themselves.';
  const path = inside({ space, folder, file }, { subject: INPUT, next });
  const found = await readDefinition(path, space.root, async () => {
    throw new ProblemError({
      subject: INPUT,
      message: 'the file exports a function',
      next: 'Write `export default defineTargets({ ... })`.',
    });
  });
  return { value: found.value, locate: (at) => found.locate(at), base: dirname(path) };
}

/** @throws ProblemError where it is no file of the workspace */
function inside(
  { space, folder, file }: { readonly space: Workspace; readonly folder: string; readonly file: string },
  { subject, next }: { readonly subject: string; readonly next: string },
): string {
  if (!orUndefined(() => statSync(resolve(folder, file)))?.isFile())
    throw new ProblemError({
      subject,
      message: `there is no file ${relative(space.root, resolve(folder, file))}`,
      next,
    });
  const resolved = resolveInside(space, folder, file, { file });
  if ('path' in resolved) return resolved.path;
  const { message, next: step } = resolved.problem;
  throw new ProblemError({ subject, message, ...(step !== undefined && { next: step }) });
}

/** Each is read once. */
function parameterFiles(space: Workspace, base: string): (file: string) => Promise<KeyValues> {
  const known = new Map<string, Promise<KeyValues>>();
  const parametersIn = async (file: string): Promise<KeyValues> => {
    const next = 'Give the path of a file, relative to that of the targets.';
    const path = inside({ space, folder: base, file }, { subject: 'parameters', next });
    const { parseKeyValues } = await import('../parse/key-values.ts');
    return parseKeyValues(readInside(space, path).toString(), {
      what: 'parameters',
      file: relative(space.root, path),
    });
  };
  return (file) => {
    const found = known.get(file) ?? parametersIn(file);
    known.set(file, found);
    return found;
  };
}

/** Later ones win. */
function added(parts: readonly KeyValues[]): Target['parameters'] {
  const values: Record<string, string> = {};
  const keep = new Set<string>();
  for (const part of parts) {
    for (const [name, value] of Object.entries(part.values)) {
      keep.delete(name);
      values[name] = value;
    }
    for (const name of part.keep) {
      delete values[name];
      keep.add(name);
    }
  }
  return { values, keep: [...keep] };
}

const problemOf = ({ path, message, next }: Fault, locate: ReadTargets['locate']): Problem => ({
  subject: path.length > 0 ? pathText(path) : 'the targets',
  message,
  place: locate(path),
  ...(next !== undefined && { next }),
});
