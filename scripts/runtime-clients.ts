import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');

/** AWS's runtime client of Node.js functions, as published to npm: one for runtimes before 24, and one from then on. */
const PACKAGES = {
  '3.3.0': 'sha512-9p06TbKVK4a050NY/vYOxhMHvnIiUu5o1W0//q6yNLSqA/c91pn4BOj3C3sRTpplkUNsGJdU5qWyU2STo6L8hA==',
  '4.0.2': 'sha512-FE5Vskx7mYNnqAnWWJXUOsLp2VGgdsJsCoRLFTa8L4Yk0QVtArqR8q58yPA++QC1a73ZWJXBQ2AH31nIAv7NOQ==',
} as const;

const START = `import { run } from './index.mjs';
await run(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
`;

export type NodeClient = keyof typeof PACKAGES;

/**
 * Fetches a client into `.cache/`, once. Its native part, which does nothing but HTTP, would take minutes to build: a
 * stand-in takes its place.
 *
 * @returns the module to run, or why it cannot be had
 */
export async function nodeClient(
  version: NodeClient,
  standIn: string,
): Promise<{ readonly module: string } | { readonly missing: string }> {
  const integrity = PACKAGES[version];
  const key = createHash('sha256')
    .update(integrity)
    .update(await readFile(standIn))
    .digest('hex')
    .slice(0, 12);
  const folder = join(root, '.cache', `aws-lambda-ric-${key}`);
  const code = version === '3.3.0' ? join('package', 'dist') : 'package';
  const module = join(folder, code, version === '3.3.0' ? 'start.mjs' : 'index.mjs');
  if (await stat(folder).catch(() => undefined)) return { module };
  const unfinished = `${folder}.${process.pid}`;
  try {
    await mkdir(unfinished, { recursive: true });
    const spec = `aws-lambda-ric@${version}`;
    const { stdout } = await run('npm', ['pack', spec, '--silent', '--pack-destination', unfinished]);
    const archive = join(unfinished, stdout.trim());
    const digest = createHash('sha512')
      .update(await readFile(archive))
      .digest('base64');
    if (`sha512-${digest}` !== integrity) throw new Error(`${spec} is not the one that is known`);
    await run('tar', ['-xzf', archive, '-C', unfinished]);
    await copyFile(standIn, join(unfinished, code, 'rapid-client.node'));
    // This one is started by a program of AWS's image.
    if (version === '3.3.0') await writeFile(join(unfinished, code, 'start.mjs'), START);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (await stat(folder).catch(() => undefined)) return { module };
    return { missing: `aws-lambda-ric ${version} cannot be fetched: ${(error as Error).message}` };
  }
  return { module };
}
