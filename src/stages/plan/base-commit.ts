import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { Assembly } from '../../assembly/types.ts';
import type { Log } from '../../log.ts';
import { type Workspace, workspace } from '../../packaging/workspace/workspace.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import { assemble } from '../assemble/index.ts';
import type { Run, SourceRequest } from '../run.ts';
import { comparing } from './base-builds.ts';

const execute = promisify(execFile);

/** The source as it was at the pull request's base commit, or why it could not be had. */
export type BaseAssembly =
  | { readonly kind: 'base'; readonly assembly: Assembly; readonly sha: string }
  | { readonly kind: 'none'; readonly why: string };

/**
 * Reads and packages the same source at another commit, where git has it. What is built (and so not committed) is not
 * there; references to it stay as they are. Of the hooks of a service, only those run that make its template.
 */
export async function baseAssembly(sha: string, run: Run): Promise<BaseAssembly> {
  const { source: request } = run;
  const { root } = request.space;
  const git = (...args: string[]) => execute('git', ['-C', root, ...args], { maxBuffer: 1024 * 1024 });
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
    await execute('tar', ['-xf', archive, '-C', tree]);
    await linkPackages(request, (path) => join(tree, relative(top, path)));
    const inTree = (path: string) => join(tree, relative(top, path));
    const there = atCommit(run, workspace(tree, false), inTree(request.workingDirectory));
    const { assembly } = await assemble(there, comparing(run));
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

/** The same run, in the files of the other commit; what it has to say is for debugging. */
function atCommit(run: Run, space: Workspace, workingDirectory: string): Run {
  const { host, source, inputs } = run;
  const { log } = host;
  const quiet: Log = { ...log, info: log.debug, warning: log.debug, group: (_title, body) => body(quiet) };
  return {
    ...run,
    inputs: { ...inputs, cache: false },
    host: { ...host, log: quiet },
    source: {
      ...source,
      space,
      workingDirectory,
      ignoreMissing: true,
      // What is merged already is no stranger's; what is not was looked at before.
      trust: { ...source.trust, allowed: true },
    },
    output: join(workingDirectory, '.sparta'),
    context: { ...run.context, space, env: movedTo(space.root, source.space.root, run.context.env) },
    cache: undefined,
  };
}

/** Variables that name places in the workspace name those of the other commit. */
const movedTo = (tree: string, root: string, env: Run['context']['env']): Run['context']['env'] =>
  Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value?.replaceAll(root, tree)]));

/** Packages are not committed: those that are installed here stand for those of the other commit. */
async function linkPackages(
  { space, workingDirectory }: SourceRequest,
  inTree: (path: string) => string,
): Promise<void> {
  for (const folder of new Set([space.root, workingDirectory])) {
    const packages = join(folder, 'node_modules');
    if (existsSync(packages)) await symlink(packages, inTree(packages)).catch(() => undefined);
  }
}
