import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { InputName } from './inputs.ts';
import type { Log } from './log.ts';
import {
  workspace as openWorkspace,
  orUndefined,
  readInside,
  resolveInside,
} from './packaging/workspace/workspace.ts';
import type { InputContext } from './parse/kinds.ts';
import { ProblemError } from './problem.ts';

/** The file of SAM CLI's settings. */
const SAM_CONFIG = 'samconfig.toml';

/**
 * The inputs; those that are left out are taken from SAM CLI's settings in the working directory. The log names them.
 */
export async function withSamConfig(
  given: (name: InputName) => string | undefined,
  folder: string,
  log: Log,
): Promise<(name: InputName) => string | undefined> {
  const context = inputContext(folder, given('working-directory') || '.');
  const found = await context.readText(SAM_CONFIG);
  if (found === undefined) return given;
  const { parseSamConfig } = await import('./parse/samconfig.ts');
  const defaults: Readonly<Partial<Record<InputName, string>>> = await parseSamConfig(found.text, found.file);
  const taken = (Object.keys(defaults) as InputName[]).filter((name) => !given(name));
  if (taken.length > 0) log.info(`From ${SAM_CONFIG}: ${taken.join(', ')}`);
  return (name) => given(name) || defaults[name];
}

/** Lets inputs be read from files of the workspace. */
export function inputContext(folder: string, workingDirectory: string): InputContext {
  return {
    async readText(path) {
      const space = openWorkspace(folder, false);
      const base = resolve(folder, workingDirectory);
      const written = path.replace(/^file:\/\//, '');
      if (!orUndefined(() => statSync(resolve(base, written)))?.isFile()) return undefined;
      const file = relative(folder, resolve(base, written));
      const resolved = resolveInside(space, base, written, { file });
      if ('problem' in resolved) throw new ProblemError(resolved.problem);
      return { text: readInside(space, resolved.path).toString(), file };
    },
  };
}
