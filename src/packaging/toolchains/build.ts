import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, sha256 } from '../../hash/canonical.ts';
import type { Problem } from '../../problem.ts';
import { fingerprint } from '../archive/fingerprint.ts';
import { type BuildStore, buildStore } from './build-store.ts';
import type { BuildContext } from './context.ts';
import type { CommandBuild, FileBuild, GoBuild, NodeBuild, PrebuiltBuild, PythonBuild } from './spec.ts';
import type { Toolchain } from './toolchain.ts';

/** A build that a toolchain does. */
export type ToolchainBuild = Exclude<FileBuild, PrebuiltBuild>;

/** Files that are ready to be packaged. */
export interface Built {
  /** A folder; of prebuilt things also a file. */
  readonly path: string;
  readonly warnings: readonly Problem[];
  /** `reused`: the toolchain did not run, which saved `took` milliseconds. */
  readonly from: 'toolchain' | 'reused' | 'prebuilt';
  /** Milliseconds that the toolchain ran, now or then. */
  readonly took: number;
}

/**
 * A hash of everything that goes into a build: sources, lock files, the toolchain's version, flags and our own
 * version. It is the same on every machine, wherever the workspace is, and no compiler runs for it.
 */
export async function buildKey(spec: ToolchainBuild, context: BuildContext): Promise<string> {
  const { files, settings } = await (await bind(spec)).inputs(context);
  const sources = fingerprint(context.space, files);
  return sha256(canonicalJson({ kind: spec.kind, sources, settings, by: context.version }));
}

/**
 * Builds, unless an earlier run left the result of the same build. Equal builds are done once, and several may be asked
 * for at the same time.
 *
 * @param folder `.sparta/build`, absolute: receives everything that is made
 * @returns a function that throws ProblemError with the compiler's messages and their places
 */
export function builder(folder: string, context: BuildContext): (spec: FileBuild) => Promise<Built> {
  const store = buildStore(folder);
  const started = new Map<string, Promise<Built>>();
  return async (spec) => {
    if (spec.kind === 'prebuilt') return { path: spec.path, warnings: [], from: 'prebuilt', took: 0 };
    const key = await buildKey(spec, context);
    const running = started.get(key) ?? reuseOrCompile(spec, key, folder, store, context);
    started.set(key, running);
    return running;
  };
}

async function reuseOrCompile(
  spec: ToolchainBuild,
  key: string,
  folder: string,
  store: BuildStore,
  context: BuildContext,
): Promise<Built> {
  const known = await store.get(key);
  if (known) return { path: known.folder, warnings: [], from: 'reused', took: known.took };
  const work = join(folder, `${key}.${process.pid}.tmp`);
  const output = join(work, 'output');
  await rm(work, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  try {
    const start = performance.now();
    const { warnings } = await (await bind(spec)).build(output, context);
    const kept = await store.put(key, output, performance.now() - start);
    return { path: kept.folder, warnings, from: 'toolchain', took: kept.took };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A toolchain with what it is to build. */
interface Bound {
  inputs(context: BuildContext): ReturnType<Toolchain<unknown>['inputs']>;
  build(output: string, context: BuildContext): ReturnType<Toolchain<unknown>['build']>;
}

async function bind(spec: ToolchainBuild): Promise<Bound> {
  switch (spec.kind) {
    case 'go':
      return bound<GoBuild>(spec, (await import('./go.ts')).go);
    case 'node':
      return bound<NodeBuild>(spec, (await import('./node.ts')).node);
    case 'python':
      return bound<PythonBuild>(spec, (await import('./python.ts')).python);
    case 'command':
      return bound<CommandBuild>(spec, (await import('./command.ts')).command);
  }
}

const bound = <Spec>(spec: Spec, toolchain: Toolchain<Spec>): Bound => ({
  inputs: (context) => toolchain.inputs(spec, context),
  build: (output, context) => toolchain.build(spec, output, context),
});
