import { statSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import type { InputName } from './inputs.ts';
import type { Log } from './log.ts';
import {
  workspace as openWorkspace,
  orUndefined,
  readInside,
  resolveInside,
} from './packaging/workspace/workspace.ts';
import type { InputContext, TextFile } from './parse/kinds.ts';
import { ProblemError, problemLine } from './problem.ts';

/** The files of SAM CLI's settings, of which it reads the first that is there. */
const SAM_CONFIGS = ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml'];

/**
 * The inputs; those that are left out are taken from SAM CLI's settings in the working directory. The log names them.
 */
export async function withSamConfig(
  given: (name: InputName) => string | undefined,
  folder: string,
  log: Log,
): Promise<(name: InputName) => string | undefined> {
  const context = inputContext(folder, given('working-directory') || '.');
  const found = await firstOf(SAM_CONFIGS, context);
  if (found === undefined) return given;
  const { parseSamConfig } = await import('./parse/samconfig.ts');
  const { values, warnings } = await parseSamConfig(found.text, found.file, {
    ...context,
    isWanted: (input) => !given(input),
  });
  const defaults: Readonly<Partial<Record<InputName, string>>> = values;
  const taken = Object.keys(defaults);
  if (taken.length > 0) log.info(`From ${basename(found.file)}: ${taken.join(', ')}`);
  for (const { place, ...warning } of warnings) log.warning(problemLine(warning), place);
  return (name) => given(name) || defaults[name];
}

async function firstOf(files: readonly string[], { readText }: InputContext): Promise<TextFile | undefined> {
  for (const file of files) {
    const found = await readText(file);
    if (found !== undefined) return found;
  }
  return undefined;
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
