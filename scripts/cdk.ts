import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');

/**
 * Installs AWS CDK into `.cache/`, once; versions and digests are pinned in scripts/cdk/. It is too large for everybody
 * who installs this project.
 *
 * @returns its `node_modules`, or why it cannot be had
 */
export async function cdkModules(): Promise<{ readonly modules: string } | { readonly missing: string }> {
  const pinned = join(root, 'scripts', 'cdk');
  const lock = await readFile(join(pinned, 'package-lock.json'));
  const key = createHash('sha256').update(lock).digest('hex').slice(0, 12);
  const folder = join(root, '.cache', `cdk-${key}`);
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
    return { missing: `AWS CDK cannot be installed (${(error as Error).message.trim().split('\n').at(-1)})` };
  }
  return { modules };
}

/** What the CDK CLI switches on unless it is told otherwise. */
export const CONTEXT = {
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:version-reporting': true,
};

/**
 * Runs a CDK application as `cdk synth` does; it writes `cdk.out`.
 *
 * @param folder where the application is; it finds `aws-cdk-lib` there or above
 * @param env further variables for it
 */
export async function synthesise(
  folder: string,
  context: object = CONTEXT,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  await run(process.execPath, ['app.js'], {
    cwd: folder,
    env: { PATH: process.env.PATH, CDK_OUTDIR: 'cdk.out', CDK_CONTEXT_JSON: JSON.stringify(context), ...env },
  });
}
