import { statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { orUndefined, readInside, resolveInside, type Workspace } from '../packaging/workspace/workspace.ts';
import type { KeyValues } from '../parse/key-values.ts';
import { type Place, type Problem, ProblemError } from '../problem.ts';
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
  const { value, locate, base } = await read(space, folder, given);
  const parsed = parseTargets(value);
  if ('faults' in parsed) throw new ProblemError(parsed.faults.map((fault) => problemOf(fault, locate)));
  const [first, ...others] = parsed.drafts;
  const problems: Problem[] = [];
  const files = parameterFiles(space, base);
  const withFiles = async (draft: TargetDraft): Promise<Target> => {
    const { path, parameters, ...target } = draft;
    const parts = await Promise.all(
      parameters.map((part) =>
        typeof part !== 'string'
          ? { values: part, keep: [] }
          : files(part).catch((error: unknown): KeyValues => {
              if (!(error instanceof ProblemError)) throw error;
              problems.push(...error.problems.map((each) => ({ place: locate(path), ...each })));
              return { values: {}, keep: [] };
            }),
      ),
    );
    return { ...target, parameters: added(parts) };
  };
  const targets = [await withFiles(first), ...(await Promise.all(others.map(withFiles)))] as const;
  const seen = new Set<string>();
  const once = problems.filter(({ subject, message }) => {
    const key = JSON.stringify([subject, message]);
    return !seen.has(key) && seen.add(key);
  });
  if (once.length > 0) throw new ProblemError(once);
  return targets;
}

interface ReadTargets {
  readonly value: unknown;
  locate(path: TemplatePath): Place;
  /** What files of parameters are relative to. */
  readonly base: string;
}

async function read(space: Workspace, folder: string, given: string): Promise<ReadTargets> {
  const file = targetsFile(given);
  if (file === undefined) {
    const { parseYaml } = await import('../template/read/parse-yaml.ts');
    return { ...parseYaml(given, INPUT), base: folder };
  }
  const path = inside(space, folder, file);
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
function inside(space: Workspace, folder: string, file: string): string {
  if (!orUndefined(() => statSync(resolve(folder, file)))?.isFile())
    throw new ProblemError({
      subject: INPUT,
      message: `there is no file ${relative(space.root, resolve(folder, file))}`,
      next: 'Give the path of a file such as sparta.targets.yml, or the targets themselves.',
    });
  const resolved = resolveInside(space, folder, file, { file: INPUT });
  if ('problem' in resolved) throw new ProblemError(resolved.problem);
  return resolved.path;
}

/** Each is read once. */
function parameterFiles(space: Workspace, base: string): (file: string) => Promise<KeyValues> {
  const known = new Map<string, Promise<KeyValues>>();
  const parametersIn = async (file: string): Promise<KeyValues> => {
    const path = inside(space, base, file);
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
