import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { Assembly, Asset } from '../../assembly/types.ts';
import type { Log } from '../../log.ts';
import type { BuildContext } from '../../packaging/toolchains/context.ts';
import { workspace } from '../../packaging/workspace/workspace.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import type { LocalImage, Unbuilt } from '../../sources/draft.ts';
import type { LoadedService } from '../../sources/service/load.ts';
import type { AssembleOptions } from '../assemble/index.ts';
import { type LoadRequest, loadSource } from '../assemble/load-source.ts';
import { packageAssets } from '../assemble/package-archives.ts';
import { withAssets } from '../assemble/stack.ts';
import { type Comparison, comparableBuilds, comparableImage } from './base-builds.ts';

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
  options: AssembleOptions,
  log: Log,
): Promise<BaseAssembly> {
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
    const quiet: Log = {
      ...log,
      info: log.debug,
      warning: log.debug,
      group: (_title, body) => body(quiet),
    };
    const there = {
      ...request,
      space,
      workingDirectory: inTree(request.workingDirectory),
      ignoreMissing: true,
      // What is merged already is no stranger's; what is not was looked at before.
      trust: { ...request.trust, allowed: true },
    };
    const loaded = await loadSource(there, options, quiet);
    if (loaded.kind === 'built')
      return { kind: 'none', why: 'the source is an assembly that was built before' };
    const comparison = {
      here: options.output,
      there: join(there.workingDirectory, '.sparta'),
      context: { ...options.context, space, log: quiet, env: movedTo(tree, root, options.context.env) },
    };
    const packed = (drafts: readonly Unbuilt[]) => packComparable(drafts, comparison);
    const assembly =
      loaded.kind === 'service'
        ? await serviceAssembly(loaded.loaded, there, options, packed, quiet)
        : { source: loaded.source, stacks: withAssets(loaded.drafts, await packed(loaded.drafts)) };
    return { kind: 'base', assembly, sha };
  } catch (error) {
    const reason = error instanceof ProblemError ? error.problems.map(problemLine).join('; ') : String(error);
    return { kind: 'none', why: `the base commit ${sha.slice(0, 7)} could not be read: ${reason}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Variables that name places in the workspace name those of the other commit. */
const movedTo = (tree: string, root: string, env: BuildContext['env']): BuildContext['env'] =>
  Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value?.replaceAll(root, tree)]));

async function packComparable(
  drafts: readonly Unbuilt[],
  comparison: Comparison,
): Promise<readonly (readonly Asset[])[]> {
  const { there: output, context } = comparison;
  const unpackaged = await comparableBuilds(drafts, comparison);
  const image = (each: LocalImage) => comparableImage(each, comparison);
  return packageAssets(
    { space: context.space, files: context.files, unpackaged, output, reuse: false, used: new Set(), image },
    context.log,
  );
}

/** Of the hooks of a service, only those run that make its template. */
async function serviceAssembly(
  loaded: LoadedService,
  request: LoadRequest,
  { service: options, context: { signal, env } }: AssembleOptions,
  packed: (drafts: readonly Unbuilt[]) => Promise<readonly (readonly Asset[])[]>,
  log: Log,
): Promise<Assembly> {
  const { service, directory } = loaded;
  const { marshalService } = await import('../assemble/marshal.ts');
  const { serviceStack } = await import('../assemble-service.ts');
  const { serviceBuilds } = await import('../../sources/service/builds.ts');
  const { externalRoles } = await import('../../service/marshal/index.ts');
  const [assets = []] = await packed([serviceBuilds(service, { ...options, directory })]);
  const roleArns = await options.verifyRoles(externalRoles(service), log);
  const context = { ...loaded.context, service, stackName: request.stackName ?? service.name, directory };
  const run = (each: Log) => ({ log: each, signal, env, root: request.space.root });
  const template = await marshalService(loaded, context, { roleArns, assets }, run, log);
  return { source: 'service', stacks: [serviceStack(loaded, request, template, assets)] };
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
