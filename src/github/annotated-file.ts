import { realpathSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';

/**
 * What annotations may name of the places in problems: a file that is there, relative to the workspace. GitHub shows others
 * at no line, or at one of another file.
 *
 * @returns the path for a file as a problem names it; `undefined` for what is no file, and for files outside
 */
export function annotatedFiles(workspace: string): (file: string) => string | undefined {
  return (file) => {
    try {
      const path = resolve(workspace, file);
      if (!statSync(path).isFile()) return undefined;
      return [relative(workspace, path), relative(realpathSync(workspace), realpathSync(path))]
        .find((each) => each !== '..' && !each.startsWith(`..${sep}`) && resolve(each) !== each)
        ?.replaceAll(sep, '/');
    } catch {
      return undefined;
    }
  };
}
