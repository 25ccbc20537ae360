import { extname, isAbsolute, join, relative, resolve } from 'node:path';
import { type Observer, observer } from '../../packaging/inputs/observe.ts';
import { type Read, type Reads, readsOf } from '../../packaging/inputs/reads.ts';
import type { ServiceReader } from '../../packaging/inputs/touches.ts';
import { buildIdentity, earlierBuild } from '../../packaging/toolchains/build.ts';
import { type BuildStore, buildStore } from '../../packaging/toolchains/build-store.ts';
import type { BuildContext } from '../../packaging/toolchains/context.ts';
import type { BuildAsset, Unbuilt } from '../../sources/draft.ts';
import { findSource } from '../../sources/find.ts';
import { serviceBuilds } from '../../sources/service/builds.ts';
import type { LoadedService } from '../../sources/service/load.ts';
import type { Loaded } from '../../stages/assemble/load-source.ts';
import type { Run } from '../../stages/run.ts';
import { hasHooks } from './target-run.ts';

/** Modules of Node that read no file, start no program and ask nobody. Source: Node.js documentation. */
const HARMLESS = new Set([
  ...['assert', 'assert/strict', 'async_hooks', 'buffer', 'constants', 'crypto', 'diagnostics_channel'],
  ...['events', 'os', 'path', 'path/posix', 'path/win32', 'perf_hooks', 'punycode', 'querystring'],
  ...['stream', 'stream/promises', 'stream/web', 'string_decoder', 'timers', 'timers/promises', 'tty'],
  ...['url', 'util', 'util/types', 'zlib'],
]);

/**
 * Who reads what of a service: its source, what it packages as it is, and its builds, of which only those tell that are done.
 * What runs code of the service's own tells of what it imports; where that could read anything, nobody knows what it reads.
 */
export async function readersOf(loaded: Loaded, run: Run): Promise<readonly ServiceReader[]> {
  const look = (hasHooks(loaded) ? undefined : looks.get(run.context)) ?? lookOf(run);
  looks.set(run.context, look);
  if (loaded.kind === 'built')
    return [{ what: 'the service', unknown: 'it was built before, by whom does not tell' }];
  if (loaded.kind === 'service') {
    const { service, directory } = loaded.loaded;
    const { buildTags = [], ldflags = '' } = run.inputs;
    const made = serviceBuilds(service, { directory, buildTags, ldflags });
    return [
      await definitionReader(loaded.loaded, look),
      ...commandHooks(loaded.loaded),
      ...(await readersOfUnbuilt(made, look)),
    ];
  }
  if (loaded.source === 'sparta')
    return [{ what: 'the application', unknown: 'its own program says what it is' }];
  const found: ServiceReader[] = [];
  if (loaded.source === 'cdk') {
    const { space, workingDirectory, source } = run.source;
    const given = source === undefined ? undefined : resolve(workingDirectory, source);
    const { path } = await findSource(space, workingDirectory, given);
    found.push(reader('the cloud assembly', look, (reads) => reads.tree(path)));
  }
  for (const draft of loaded.drafts) {
    const files = [draft.template.file, ...draft.nested.map(({ template }) => template.file)];
    const what = draft.nested.length > 0 ? 'the templates' : 'the template';
    found.push(reader(what, look, (reads) => files.forEach((file) => void reads.file(file))));
    found.push(...(await readersOfUnbuilt(draft, look)));
  }
  return found;
}

/** What is needed to find out. */
interface Look {
  readonly context: BuildContext;
  readonly observe: Observer;
  readonly store: BuildStore;
  /** What builds have read, by what they are. */
  readonly builds: Map<string, Promise<ServiceReader>>;
}

/** Targets of one service share what was found out. */
const looks = new WeakMap<Run['context'], Look>();

function lookOf(run: Run): Look {
  const context = { ...run.context, log: run.host.log };
  const store = buildStore(join(run.output, 'build'), context.files);
  return { context, observe: observer(context), store, builds: new Map() };
}

function reader(what: string, { context, observe }: Look, tell: (reads: Reads) => void): ServiceReader {
  const reads = readsOf(context.space.root);
  tell(reads);
  return { what, reads: reads.all().flatMap((read: Read) => observe.expand(read)) };
}

/** A definition that is data, with the files that it names; or a program, with its modules. */
async function definitionReader(
  { file, service, directory }: LoadedService,
  look: Look,
): Promise<ServiceReader> {
  const what = 'the definition';
  const path = isAbsolute(file) ? file : join(look.context.space.root, file);
  const workflows = Object.values(service.stateMachines ?? {}).flatMap((machine) => machine.file ?? []);
  const named = workflows.map((name) => join(directory, name));
  if (/^\.(ya?ml|json)$/.test(extname(path)))
    return reader(what, look, (reads) => [path, ...named].forEach((each) => void reads.file(each)));
  const { modulesOf } = await import('../../sources/service/module-hooks.ts');
  const { files, builtins } = modulesOf(path);
  const reading = builtins.find((name) => !HARMLESS.has(name));
  if (reading !== undefined) {
    const by = relative(look.context.space.root, path);
    return { what, unknown: `${by}, or what it imports, uses node:${reading}` };
  }
  return reader(what, look, (reads) => [...files, ...named].forEach((each) => void reads.file(each)));
}

/** A hook that is a function is part of the definition's modules; a command may read anything. */
const commandHooks = ({ service: { hooks = {} } }: LoadedService): ServiceReader[] =>
  Object.entries(hooks)
    .filter(([name, list]) => name !== 'rollback' && [list].flat().some((hook) => typeof hook !== 'function'))
    .map(([name]) => ({ what: `the hook ${name}`, unknown: 'it is a command' }));

async function readersOfUnbuilt(unbuilt: Unbuilt, look: Look): Promise<ServiceReader[]> {
  const { local, images, builds } = unbuilt;
  const packaged = local
    .filter(({ ours }) => !ours)
    .map(({ path, owner }) => reader(`the code of ${owner}`, look, (reads) => reads.tree(path)));
  const made = images.map(({ build: { directory, dockerfile = 'Dockerfile' }, owner }) =>
    reader(`the image of ${owner}`, look, (reads) => {
      reads.tree(directory);
      reads.file(join(directory, dockerfile));
    }),
  );
  const built = await Promise.all(builds.map((asset) => buildReaderOnce(asset, look)));
  return [...packaged, ...made, ...built];
}

function buildReaderOnce(asset: BuildAsset, look: Look): Promise<ServiceReader> {
  const key = JSON.stringify([asset.owner, asset.build]);
  const found = look.builds.get(key) ?? buildReader(asset, look);
  look.builds.set(key, found);
  return found;
}

/** What a build has read is kept beside its result. */
async function buildReader({ build, owner }: BuildAsset, look: Look): Promise<ServiceReader> {
  const what = `the build of ${owner}`;
  if (build.kind === 'prebuilt')
    return reader(`the code of ${owner}`, look, (reads) => reads.tree(build.path));
  const earlier = earlierBuild(await buildIdentity(build, look.context), look.store, look.observe);
  if ('because' in earlier) return { what, unknown: earlier.because };
  return { what, reads: earlier.build.record.map(({ read }) => read) };
}
