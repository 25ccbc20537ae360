import { execFile } from 'node:child_process';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');

/** Runs workflows as GitHub does, on this machine. The module's version is checked by Go's checksum database. */
const ACT = 'github.com/nektos/act@v0.2.89';

/**
 * Compiles act into `.cache/`, once, which takes minutes on a new machine.
 *
 * @returns its path, or why it cannot be had
 */
export async function actProgram(): Promise<{ readonly program: string } | { readonly missing: string }> {
  const folder = join(root, '.cache', ACT.replaceAll('/', '-'));
  const program = join(folder, 'act');
  if (await stat(program).catch(() => undefined)) return { program };
  const unfinished = `${folder}.${process.pid}`;
  try {
    await mkdir(unfinished, { recursive: true });
    await run('go', ['install', ACT], { env: { ...process.env, GOBIN: unfinished }, maxBuffer: 1e8 });
    await rename(unfinished, folder);
    return { program };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (await stat(program).catch(() => undefined)) return { program };
    return { missing: `act cannot be compiled (${(error as Error).message.trim().split('\n').at(-1)})` };
  }
}
