import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { isBelow, type Workspace } from '../workspace/workspace.ts';

/**
 * The folder that a project's own programs may expect around them: the repository that the workspace is a part of, as at a
 * terminal in one of its folders; else the workspace itself. A repository that holds a whole home folder does not count.
 */
export function sourceRoot({ root }: Workspace): string {
  for (let at = root; at !== dirname(at) && !isBelow(at, homedir()); at = dirname(at))
    if (existsSync(join(at, '.git'))) return at;
  return root;
}
