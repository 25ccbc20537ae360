import { execFile } from 'node:child_process';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');

/** Programs in Go that the tests use. Their versions are checked by Go's checksum database. */
const MODULES = {
  /** Runs workflows as GitHub does, on this machine. */
  act: 'github.com/nektos/act@v0.2.89',
  /** Checks workflows. Its package of PyPI fetches a program from elsewhere when it is installed. */
  actionlint: 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12',
} as const;

/** The path of a program, or why it cannot be had. */
export type GoProgram = { readonly program: string } | { readonly missing: string };

/** Compiles a program into `.cache/`, once: on a new machine that takes minutes for act, seconds for actionlint. */
export async function goProgram(name: keyof typeof MODULES): Promise<GoProgram> {
  const module = MODULES[name];
  const folder = join(root, '.cache', module.replaceAll('/', '-'));
  const program = join(folder, name);
  if (await stat(program).catch(() => undefined)) return { program };
  const unfinished = `${folder}.${process.pid}`;
  try {
    await mkdir(unfinished, { recursive: true });
    await run('go', ['install', module], { env: { ...process.env, GOBIN: unfinished }, maxBuffer: 1e8 });
    await rename(unfinished, folder);
    return { program };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (await stat(program).catch(() => undefined)) return { program };
    const reason = (error as Error).message.trim().split('\n').at(-1);
    return { missing: `${basename(program)} cannot be compiled (${reason})` };
  }
}
