import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');

/** Packages that are too large for everybody who installs this project, by their folder in scripts/. */
const SETS = {
  cdk: 'AWS CDK',
  durable: "AWS's SDK for durable functions",
  browser: 'What drives a browser',
  serverless: 'Serverless Framework',
} as const;

/**
 * Installs packages into `.cache/`, once; versions and digests are pinned in their folder.
 *
 * @returns its `node_modules`, or why it cannot be had
 */
export async function pinnedModules(
  name: keyof typeof SETS,
): Promise<{ readonly modules: string } | { readonly missing: string }> {
  const pinned = join(root, 'scripts', name);
  const lock = await readFile(join(pinned, 'package-lock.json'));
  const key = createHash('sha256').update(lock).digest('hex').slice(0, 12);
  const folder = join(root, '.cache', `${name}-${key}`);
  const modules = join(folder, 'node_modules');
  if (await stat(folder).catch(() => undefined)) return { modules };
  const unfinished = `${folder}.${process.pid}`;
  try {
    await mkdir(join(root, '.cache'), { recursive: true });
    await cp(pinned, unfinished, { recursive: true });
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: unfinished });
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (await stat(folder).catch(() => undefined)) return { modules };
    return {
      missing: `${SETS[name]} cannot be installed (${(error as Error).message.trim().split('\n').at(-1)})`,
    };
  }
  return { modules };
}
