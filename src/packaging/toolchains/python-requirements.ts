import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'smol-toml';
import { ProblemError } from '../../problem.ts';
import type { PythonBuild } from './spec.ts';

/** Where requirements are written down. */
export type Requirements =
  | { readonly kind: 'requirements'; readonly file: string }
  | { readonly kind: 'uv-lock'; readonly file: string }
  | { readonly kind: 'pyproject'; readonly file: string; readonly dependencies: readonly string[] };

/**
 * The file that is named, else the first of requirements.txt, uv.lock and pyproject.toml.
 *
 * @throws ProblemError when a pyproject.toml keeps them in a form of its own
 */
export function findRequirements({ directory, requirements }: PythonBuild): Requirements | undefined {
  if (requirements === false) return undefined;
  if (requirements !== undefined) return read(join(directory, requirements));
  const file = ['requirements.txt', 'uv.lock', 'pyproject.toml'].find((name) =>
    existsSync(join(directory, name)),
  );
  return file === undefined ? undefined : read(join(directory, file));
}

function read(file: string): Requirements | undefined {
  if (file.endsWith('.lock')) return { kind: 'uv-lock', file };
  if (!file.endsWith('.toml')) return { kind: 'requirements', file };
  const { project, tool } = parseToml(file) as {
    readonly project?: { readonly dependencies?: unknown };
    readonly tool?: { readonly poetry?: { readonly dependencies?: unknown } };
  };
  const dependencies = project?.dependencies ?? [];
  if (!Array.isArray(dependencies) || !dependencies.every((each) => typeof each === 'string')) {
    throw new ProblemError({ message: 'project.dependencies is not a list of strings', place: { file } });
  }
  if (dependencies.length === 0 && tool?.poetry?.dependencies !== undefined) {
    throw new ProblemError({
      message: 'its dependencies are in the form of Poetry only',
      place: { file },
      next: 'Write them to requirements.txt with poetry export.',
    });
  }
  return dependencies.length === 0 ? undefined : { kind: 'pyproject', file, dependencies };
}

/** Folders and files that a lock file of uv takes packages from, besides the project itself. */
export function localPackages(lock: string): ReadonlySet<string> {
  const { package: packages } = parseToml(lock) as { readonly package?: unknown };
  const sources = (Array.isArray(packages) ? packages : []).flatMap(({ source = {} }) =>
    ['editable', 'directory', 'path', 'virtual'].flatMap((kind) =>
      typeof source[kind] === 'string' ? [source[kind]] : [],
    ),
  );
  const folder = dirname(lock);
  return new Set(sources.map((path) => resolve(folder, path)).filter((path) => path !== folder));
}

function parseToml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ProblemError({
      message: `bad TOML: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
      place: { file },
    });
  }
}
