import { randomUUID } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, sha256 } from '../../hash/canonical.ts';
import type { Problem } from '../../problem.ts';
import { lastChange, type Observer, observer } from '../inputs/observe.ts';
import { type Reads, readsOf } from '../inputs/reads.ts';
import { changeText, firstChange, type InputRecord, recordOf } from '../inputs/record.ts';
import { sourceRoot } from '../inputs/source-root.ts';
import { buildPlace, leavePlace } from './build-place.ts';
import { type BuildStore, buildStore, type StoredBuild } from './build-store.ts';
import type { BuildContext } from './context.ts';
import type {
  CommandBuild,
  DotnetBuild,
  FileBuild,
  GoBuild,
  JavaBuild,
  NodeBuild,
  NpmBuild,
  PrebuiltBuild,
  PythonBuild,
  RubyBuild,
  RustBuild,
} from './spec.ts';
import type { BuildOutput, Toolchain, Work } from './toolchain.ts';

/** A build that a toolchain does. */
export type ToolchainBuild = Exclude<FileBuild, PrebuiltBuild>;

/** Files that are ready to be packaged. */
export interface Built {
  /** A folder; of prebuilt things also a file. */
  readonly path: string;
  readonly warnings: readonly Problem[];
  /** `reused`: the toolchain did not run, which saved `took` milliseconds. */
  readonly from: 'toolchain' | 'reused' | 'prebuilt';
  /** Why an earlier result was not used. */
  readonly because?: string;
  /** Its name in the store; none for what is prebuilt. */
  readonly stored?: string;
  /** Milliseconds that the toolchain ran, now or then. */
  readonly took: number;
}

/** The earlier result that is still what the toolchain would make, or why there is none. */
export type Earlier = { readonly build: StoredBuild } | { readonly because: string };

/** Which build this is: the same on every machine, wherever the workspace is. No source was looked at for it. */
export async function buildIdentity(spec: ToolchainBuild, context: BuildContext): Promise<string> {
  const identity = await (await bind(spec)).identify(context);
  return sha256(canonicalJson({ kind: spec.kind, identity, by: context.version })).slice(0, 40);
}

/** Looks for an earlier result of which everything that was read is as it was. */
export function earlierBuild(identity: string, store: BuildStore, observe: Observer): Earlier {
  const candidates = store.candidates(identity);
  let because: string | undefined;
  for (const build of candidates) {
    const change = firstChange(build.record, observe);
    if (!change && store.take(build)) return { build };
    because ??= change ? changeText(change) : 'what was kept of it is damaged';
  }
  return { because: because ?? 'nothing is kept of it, with these settings and tools' };
}

/**
 * Builds, unless an earlier run left the result of the same build. Equal builds are done once, and several may be asked
 * for at the same time.
 *
 * @param folder `.sparta/build`, absolute: receives everything that is made
 * @param observe who has looked at the workspace already
 * @returns a function that throws ProblemError with the compiler's messages and their places
 */
export function builder(
  folder: string,
  context: BuildContext,
  observe = observer(context),
): (spec: FileBuild) => Promise<Built> {
  const store = buildStore(folder, context.files);
  const started = new Map<string, Promise<Built>>();
  return async (spec) => {
    if (spec.kind === 'prebuilt') return { path: spec.path, warnings: [], from: 'prebuilt', took: 0 };
    const identity = await buildIdentity(spec, context);
    const running =
      started.get(identity) ?? reuseOrCompile(spec, identity, { folder, store, observe, context });
    started.set(identity, running);
    return running;
  };
}

interface Workshop {
  readonly folder: string;
  readonly store: BuildStore;
  readonly observe: Observer;
  readonly context: BuildContext;
}

async function reuseOrCompile(
  spec: ToolchainBuild,
  identity: string,
  { folder, store, observe, context }: Workshop,
): Promise<Built> {
  const earlier = earlierBuild(identity, store, observe);
  if ('build' in earlier) {
    const { folder: path, took, name: stored } = earlier.build;
    return { path, warnings: [], from: 'reused', took, stored };
  }
  const { because } = earlier;
  const place = await buildPlace(spec, context);
  const work = {
    output: join(place, 'output'),
    scratch: join(place, 'scratch'),
    reads: readsOf(context.space.root, sourceRoot(context.space)),
  };
  try {
    await mkdir(folder, { recursive: true });
    await mkdir(work.output);
    await mkdir(work.scratch);
    const start = performance.now();
    const began = await tick(folder);
    const { warnings } = await (await bind(spec)).build(work, context);
    const took = performance.now() - start;
    const record = settledRecord(work.reads, began, context);
    const kept = await store.put(identity, work.output, record, took);
    return { path: kept.folder, warnings, from: 'toolchain', took: kept.took, because, stored: kept.name };
  } finally {
    leavePlace(place);
  }
}

/** `undefined` where something changed while it was built: nobody knows which content was read. */
function settledRecord(reads: Reads, began: number, context: BuildContext): InputRecord | undefined {
  // Looked at anew: what was seen before the build may be older than what it read.
  const record = recordOf(reads.all(), observer(context));
  return record.some(({ read }) => lastChange(context.space.root, read) >= began) ? undefined : record;
}

/** Longest wait for the next tick of a file system's clock; some count in seconds. */
const TICK = 20;

/**
 * The time by a file system's clock: whatever is changed from now on gets this time or a later one, and what was changed
 * before has an earlier one.
 */
async function tick(folder: string): Promise<number> {
  const probe = join(folder, `${randomUUID()}.tmp`);
  const touch = async (): Promise<number> => {
    await writeFile(probe, '');
    return (await stat(probe)).ctimeMs;
  };
  try {
    const first = await touch();
    const limit = performance.now() + TICK;
    let now = first;
    while (now === first && performance.now() < limit) now = await touch();
    return now;
  } finally {
    await rm(probe, { force: true });
  }
}

/** A toolchain with what it is to build. */
interface Bound {
  identify(context: BuildContext): Promise<unknown>;
  build(work: Work, context: BuildContext): Promise<BuildOutput>;
}

async function bind(spec: ToolchainBuild): Promise<Bound> {
  switch (spec.kind) {
    case 'go':
      return bound<GoBuild>(spec, (await import('./go.ts')).go);
    case 'node':
      return bound<NodeBuild>(spec, (await import('./node/node.ts')).node);
    case 'npm':
      return bound<NpmBuild>(spec, (await import('./node/npm.ts')).npm);
    case 'python':
      return bound<PythonBuild>(spec, (await import('./python/python.ts')).python);
    case 'rust':
      return bound<RustBuild>(spec, (await import('./rust/rust.ts')).rust);
    case 'java':
      return bound<JavaBuild>(spec, (await import('./java/java.ts')).java);
    case 'dotnet':
      return bound<DotnetBuild>(spec, (await import('./dotnet/dotnet.ts')).dotnet);
    case 'ruby':
      return bound<RubyBuild>(spec, (await import('./ruby/ruby.ts')).ruby);
    case 'command':
      return bound<CommandBuild>(spec, (await import('./command.ts')).command);
  }
}

const bound = <Spec>(spec: Spec, toolchain: Toolchain<Spec>): Bound => ({
  identify: (context) => toolchain.identify(spec, context),
  build: (work, context) => toolchain.build(spec, work, context),
});
