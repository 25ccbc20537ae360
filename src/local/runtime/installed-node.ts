import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** By directory: functions start side by side, and npm does not take turns. */
const installing = new Map<string, Promise<void>>();

/**
 * The Node.js of a major version, from npm, installed when it is not there yet.
 *
 * @param runtimesDirectory exists; other processes may install into it at the same time
 * @param npm the program
 * @throws {Error} of npm
 */
export async function installedNode(major: string, runtimesDirectory: string, npm = 'npm'): Promise<string> {
  const directory = join(runtimesDirectory, `node${major}`);
  const file = join(directory, 'node_modules', nodePackage, 'bin', 'node');
  if (existsSync(file)) return file;
  const others = installing.get(directory);
  const work = others ?? install(directory, file, [npm, `${nodePackage}@${major}`]);
  installing.set(directory, work);
  await work.finally(() => installing.delete(directory));
  return file;
}

/** Beside its place, which is taken in one step: nobody sees half of it. */
async function install(
  directory: string,
  file: string,
  [npm, what]: readonly [string, string],
): Promise<void> {
  const beside = await mkdtemp(`${directory}-`);
  try {
    const options = ['--no-audit', '--no-fund', '--no-save', '--ignore-scripts'];
    await run(npm, ['install', '--prefix', beside, ...options, what]);
    // What was left half done, or what another process has put there meanwhile.
    if (!existsSync(file)) await rm(directory, { recursive: true, force: true });
    await rename(beside, directory).catch((error: unknown) => {
      if (!existsSync(file)) throw error;
    });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

/** The package that `node` would install by a script; asked for directly, no script has to run. */
const nodePackage = `node${process.platform === 'darwin' && process.arch === 'arm64' ? '-bin' : ''}-${process.platform}-${process.arch}`;
