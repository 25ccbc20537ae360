import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { Assembly } from '../assembly/types.ts';
import { workspace } from '../build/workspace.ts';
import type { Log } from '../log.ts';
import { ProblemError, problemLine } from '../problem.ts';
import { assemble } from './assemble.ts';
import type { LoadRequest } from './load-source.ts';

const run = promisify(execFile);

/** The source as it was at the pull request's base commit, or why it could not be had. */
export type BaseAssembly =
  | { readonly kind: 'base'; readonly assembly: Assembly; readonly sha: string }
  | { readonly kind: 'none'; readonly why: string };

/**
 * Reads and packages the same source at another commit, where git has it. What is built (and so not committed) is not
 * there; references to it stay as they are.
 */
export async function baseAssembly(request: LoadRequest, sha: string, log: Log): Promise<BaseAssembly> {
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
    const inTree = (path: string) => join(tree, relative(top, path));
    const space = workspace(tree, false);
    const quiet: Log = {
      ...log,
      info: log.debug,
      warning: log.debug,
      group: (_title, body) => body(quiet),
    };
    const { assembly } = await assemble(
      { ...request, space, workingDirectory: inTree(request.workingDirectory), ignoreMissing: true },
      { output: join(folder, 'out'), cache: undefined },
      quiet,
    );
    if (assembly.source === 'assembly')
      return { kind: 'none', why: 'the source is an assembly that was built before' };
    return { kind: 'base', assembly, sha };
  } catch (error) {
    const reason = error instanceof ProblemError ? error.problems.map(problemLine).join('; ') : String(error);
    return { kind: 'none', why: `the base commit ${sha.slice(0, 7)} could not be read: ${reason}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
