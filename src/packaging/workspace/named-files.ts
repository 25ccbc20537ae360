import { glob } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Problem } from '../../problem.ts';
import { resolveInside, type Workspace } from './workspace.ts';

/** Who names files: the input, with an example of what it takes. */
export interface Naming {
  readonly input: string;
  readonly example: string;
}

/**
 * The files that glob patterns name, sorted, inside of the workspace.
 *
 * @param folder absolute; patterns are relative to it
 * @returns also what is wrong: files that may not be read, or that there are none
 */
export async function namedFiles(
  space: Workspace,
  folder: string,
  patterns: readonly string[],
  { input, example }: Naming,
): Promise<{
  readonly files: readonly { readonly path: string; readonly shown: string }[];
  readonly problems: readonly Problem[];
}> {
  const names = new Set<string>();
  for await (const found of glob(patterns, { cwd: folder, withFileTypes: true }))
    if (!found.isDirectory()) names.add(join(found.parentPath, found.name));
  const resolved = [...names]
    .sort()
    .map((name) => resolveInside(space, folder, name, { file: `input ${input}` }));
  const problems = resolved.flatMap((each) => ('problem' in each ? [each.problem] : []));
  const files = resolved.flatMap((each) =>
    'path' in each ? [{ path: each.path, shown: relative(space.root, each.path) }] : [],
  );
  const none: Problem = {
    subject: `input ${input}`,
    message: `no file is named by ${patterns.join(', ')}`,
    next: `Give a pattern such as '${example}', relative to working-directory.`,
  };
  return { files, problems: names.size === 0 ? [none] : problems };
}
