import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ProblemError } from '../../../problem.ts';
import { buildEnvironment } from '../../inputs/variables.ts';
import type { BuildContext } from '../context.ts';
import { runProgram } from '../run-program.ts';

/** What is installed where the project has no esbuild of its own. */
const PINNED = '0.28.2';

export interface Esbuild {
  readonly version: string;
  /** `undefined`: it has to be installed first. */
  readonly path: string | undefined;
  /** Whether it is a script for Node. */
  readonly script: boolean;
}

/** The esbuild that the project has installed, else the pinned one. */
export async function findEsbuild(directory: string, context: BuildContext): Promise<Esbuild> {
  const project = createRequire(join(directory, 'package.json'));
  try {
    return await esbuildIn(dirname(project.resolve('esbuild/package.json')));
  } catch {
    const installed = join(toolFolder(context), 'node_modules', 'esbuild');
    return existsSync(installed) ? esbuildIn(installed) : { version: PINNED, path: undefined, script: false };
  }
}

const toolFolder = ({ tools }: BuildContext): string => join(tools, `esbuild-${PINNED}`);

async function esbuildIn(folder: string): Promise<Esbuild> {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const path = join(folder, 'bin', 'esbuild');
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return { version, path, script: buffer.toString('latin1') === '#!' };
  } finally {
    await file.close();
  }
}

/**
 * Installs the pinned esbuild where tools are kept between runs; whole or not at all.
 *
 * @throws ProblemError when npm is missing or fails
 */
export async function installEsbuild(context: BuildContext): Promise<Esbuild> {
  const { tools, log, signal, env } = context;
  await mkdir(tools, { recursive: true });
  const temporary = await mkdtemp(join(tools, 'esbuild-'));
  log.info(`Installing esbuild ${PINNED}: the project has none of its own`);
  try {
    const command = [
      'npm',
      'install',
      '--prefix',
      temporary,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      `esbuild@${PINNED}`,
    ];
    const { code, stderr } = await runProgram(command, {
      directory: temporary,
      env: buildEnvironment(env),
      log,
      signal,
      missing: 'Add esbuild to the devDependencies of the project and install them before this step.',
    });
    if (code !== 0) {
      throw new ProblemError({
        message: `esbuild ${PINNED} could not be installed: ${stderr.trim().split('\n').slice(-3).join(' | ')}`,
        next: 'Add esbuild to the devDependencies of the project and install them before this step.',
      });
    }
    // Somebody else may have been faster; theirs is as good.
    await rename(temporary, toolFolder(context)).catch(() => undefined);
    return await esbuildIn(join(toolFolder(context), 'node_modules', 'esbuild'));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
