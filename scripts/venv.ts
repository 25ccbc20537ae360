import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');

/** Python programs that the demo and the tests use; versions and hashes are pinned in scripts/python/. */
export type Tools =
  | 'asl'
  | 'cargo-lambda'
  | 'corpus'
  | 'durable'
  | 'emulator'
  | 'lint'
  | 'moto'
  | 'poetry'
  | 'runtime-client'
  | 'sam-cli'
  | 'uv'
  | 'zizmor';

/** A Python environment with its programs in `bin`, or why there is none. */
export type Environment = { readonly bin: string } | { readonly missing: string };

/**
 * Installs pinned Python programs into `.cache/`, once: the folder's name is made of the hash of what it holds, and it
 * appears only when it is complete.
 */
export async function pythonTools(tools: Tools): Promise<Environment> {
  const requirements = join(root, 'scripts', 'python', `${tools}.txt`);
  const python = await findPython();
  if (!python) return { missing: 'Python 3.10 or newer is not installed' };
  const key = createHash('sha256')
    .update(await readFile(requirements))
    .update(python.version)
    .digest('hex')
    .slice(0, 12);
  const folder = join(root, '.cache', `${tools}-${key}`);
  const bin = join(folder, 'bin');
  if (await stat(folder).catch(() => undefined)) return { bin };
  // Its folder has its name only when it is complete. Programs in `bin` know the former path: run `python -m ...`.
  const lock = `${folder}.${process.pid}`;
  await mkdir(join(root, '.cache'), { recursive: true });
  try {
    await run(python.command, ['-m', 'venv', lock]);
    await run(join(lock, 'bin', 'python'), [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--require-hashes',
      // The file names them all.
      '--no-deps',
      '-r',
      requirements,
    ]);
    await rename(lock, folder);
  } catch (error) {
    await rm(lock, { recursive: true, force: true });
    if (await stat(folder).catch(() => undefined)) return { bin };
    const reason = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1) ?? String(error);
    return { missing: `the Python packages of scripts/python/${tools}.txt cannot be installed (${reason})` };
  }
  return { bin };
}

async function findPython(): Promise<{ command: string; version: string } | undefined> {
  for (const command of ['python3', 'python']) {
    try {
      const { stdout } = await run(command, [
        '-c',
        'import sys, venv; print("%d.%d" % sys.version_info[:2])',
      ]);
      const version = stdout.trim();
      const [major = 0, minor = 0] = version.split('.').map(Number);
      if (major === 3 && minor >= 10) return { command, version };
    } catch {
      // Not this one.
    }
  }
  return undefined;
}
