import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { Assembly } from '../assembly/types.ts';
import type { BuildContext } from '../build/context.ts';
import { workspace } from '../build/workspace.ts';
import { ProblemError, problemLine } from '../problem.ts';
import type { LocalImage } from '../sources/draft.ts';
import { comparableBuilds, comparableImage } from './base-builds.ts';
import { type LoadRequest, loadSource } from './load-source.ts';
import { packageAssets } from './package.ts';
import { withAssets } from './with-assets.ts';

const run = promisify(execFile);

/** The source as it was at the pull request's base commit, or why it could not be had. */
export type BaseAssembly =
  | { readonly kind: 'base'; readonly assembly: Assembly; readonly sha: string }
  | { readonly kind: 'none'; readonly why: string };

/**
 * Reads and packages the same source at another commit, where git has it. What is built (and so not committed) is not
 * there; references to it stay as they are.
 */
export async function baseAssembly(
  request: LoadRequest,
  sha: string,
  context: BuildContext,
): Promise<BaseAssembly> {
  const { log } = context;
  const { root } = request.space;
  const git = (...args: string[]) => run('git', ['-C', root, ...args], { maxBuffer: 1024 * 1024 });
  const known = await git('cat-file', '-e', `${sha}^{commit}`).then(
    () => true,
    () => false,
  );
  if (!known) {
    return {
      kind: 'none',
      why: `git does not have the base commit ${sha.slice(0, 7)} here (actions/checkout with fetch-depth: 2 fetches it)`,
    };
  }
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sparta-base-')));
  try {
    const archive = join(folder, 'base.tar');
    const tree = join(folder, 'tree');
    const top = (await git('rev-parse', '--show-toplevel')).stdout.trim();
    await git('archive', '--output', archive, sha);
    await mkdir(tree);
    await run('tar', ['-xf', archive, '-C', tree]);
    await linkPackages(request, (path) => join(tree, relative(top, path)));
    const inTree = (path: string) => join(tree, relative(top, path));
    const space = workspace(tree, false);
    const quiet = { ...log, info: log.debug, warning: log.debug };
    const loaded = await loadSource(
      { ...request, space, workingDirectory: inTree(request.workingDirectory), ignoreMissing: true },
      quiet,
    );
    if (loaded.kind === 'built')
      return { kind: 'none', why: 'the source is an assembly that was built before' };
    const { source, drafts } = loaded;
    const output = join(inTree(request.workingDirectory), '.sparta');
    const comparison = {
      here: join(request.workingDirectory, '.sparta'),
      there: output,
      context: { ...context, space, log: quiet },
    };
    const unpackaged = await comparableBuilds(drafts, comparison);
    const image = (each: LocalImage) => comparableImage(each, comparison);
    const assets = await packageAssets({ space, unpackaged, output, reuse: false, image }, quiet);
    return { kind: 'base', assembly: { source, stacks: withAssets(drafts, assets) }, sha };
  } catch (error) {
    const reason = error instanceof ProblemError ? error.problems.map(problemLine).join('; ') : String(error);
    return { kind: 'none', why: `the base commit ${sha.slice(0, 7)} could not be read: ${reason}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Packages are not committed: those that are installed here stand for those of the other commit. */
async function linkPackages(
  { space, workingDirectory }: LoadRequest,
  inTree: (path: string) => string,
): Promise<void> {
  for (const folder of new Set([space.root, workingDirectory])) {
    const packages = join(folder, 'node_modules');
    if (existsSync(packages)) await symlink(packages, inTree(packages)).catch(() => undefined);
  }
}
