import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Assembly, FileAsset, SourceKind } from '../assembly/types.ts';
import type { Archive } from '../build/archive.ts';
import { artifactStore } from '../build/artifact-store.ts';
import { fingerprint } from '../build/fingerprint.ts';
import { lambdaLimitProblem } from '../build/limits.ts';
import { type Entry, walk } from '../build/walk.ts';
import { openInside, type Workspace } from '../build/workspace.ts';
import { listArchive } from '../build/zip-reader.ts';
import { bytes } from '../bytes.ts';
import { sha256 } from '../canonical.ts';
import { forEachOf } from '../concurrency.ts';
import { fileHash } from '../file-hash.ts';
import type { Cache } from '../github/cache.ts';
import type { Log } from '../log.ts';
import { type Problem, ProblemError } from '../problem.ts';
import type { LocalAsset, StackDraft } from '../sources/draft.ts';

export interface PackageRequest {
  readonly space: Workspace;
  readonly source: SourceKind;
  readonly drafts: readonly StackDraft[];
  /** `.sparta`, absolute. */
  readonly output: string;
  /** `undefined`: nothing is kept between runs. */
  readonly cache: Cache | undefined;
}

export interface Packaged {
  readonly assembly: Assembly;
  /** What the post step saves, when there was anything new. */
  readonly toSave: { readonly paths: readonly string[]; readonly key: string } | undefined;
}

/** A local thing that is packaged once, however many properties name it. */
interface Job {
  readonly asset: LocalAsset;
  /** What goes into the archive; `undefined` for files that are uploaded as they are. */
  readonly entries: readonly Entry[] | undefined;
  /** Content of the entries, for the cache. */
  readonly key: string | undefined;
}

/** Stage 6: makes an archive of everything that needs one. Equal content becomes one asset. */
export async function packageAssets(request: PackageRequest, log: Log): Promise<Packaged> {
  const { drafts, space, output, cache } = request;
  const jobs = await prepare(space, unique(drafts.flatMap(({ local }) => local)), cache !== undefined);
  const keys = jobs.flatMap(({ key }) => (key ? [key] : [])).sort();
  const cacheKey = `sparta-1-${sha256(keys.join('\n'))}`;
  const paths = [join(output, 'assets'), join(output, 'artifacts')];
  const restored = cache && keys.length > 0 ? await cache.restore(paths, cacheKey) : false;

  const problems: Problem[] = [];
  let made = 0;
  const packaged = await forEachOf(jobs, 4, async (job) => {
    const result = await packageOne(request, job);
    if (result.fresh) made++;
    const problem = job.asset.forLambda
      ? lambdaLimitProblem(job.asset.owner, result.unpackedSize)
      : undefined;
    if (problem) problems.push(problem);
    log.info(`${job.asset.written}: ${bytes(result.asset.size)}${result.fresh ? '' : ', unchanged'}`);
    return [jobKey(job.asset), result.asset] as const;
  });
  if (problems.length > 0) throw new ProblemError(problems);
  const byJob = new Map(packaged);
  const stacks = drafts.map(({ local, ...stack }) => ({ ...stack, assets: merge(local, byJob) }));
  const toSave = cache && !restored && made > 0 ? { paths, key: cacheKey } : undefined;
  return { assembly: { source: request.source, stacks }, toSave };
}

const jobKey = ({ path, packaging }: LocalAsset): string => `${packaging} ${path}`;

function unique(assets: readonly LocalAsset[]): LocalAsset[] {
  const byKey = new Map<string, LocalAsset>();
  for (const asset of assets) {
    const known = byKey.get(jobKey(asset));
    byKey.set(jobKey(asset), known ? { ...known, forLambda: known.forLambda || asset.forLambda } : asset);
  }
  return [...byKey.values()];
}

async function prepare(space: Workspace, assets: readonly LocalAsset[], keyed: boolean): Promise<Job[]> {
  return Promise.all(
    assets.map(async (asset) => {
      const { path, packaging } = asset;
      const folder = (await stat(path)).isDirectory();
      const asItIs = !folder && (packaging === 'file' || /\.(zip|jar)$/i.test(path));
      if (asItIs) return { asset, entries: undefined, key: undefined };
      const entries = folder
        ? walk(space, path, isOurOutput)
        : [{ kind: 'file' as const, name: basename(path), path }];
      return { asset, entries, key: keyed ? fingerprint(space, entries) : undefined };
    }),
  );
}

/** A folder that holds everything holds what we write, too. */
const isOurOutput = (name: string): boolean => name === '.sparta' || name === '.git';

interface PackagedOne {
  readonly asset: FileAsset;
  readonly unpackedSize: number;
  readonly fresh: boolean;
}

async function packageOne(request: PackageRequest, { asset, entries, key }: Job): Promise<PackagedOne> {
  const { space, output } = request;
  const source = relative(space.root, asset.path) || '.';
  if (!entries) return asItIs(request, asset, source);
  const store = artifactStore(output);
  const known = key === undefined ? undefined : await store.get(key);
  const archive: Archive = known ?? (await create(space, entries, output));
  if (key !== undefined && !known) await store.put(key, archive);
  const { path, hash, size, unpackedSize } = archive;
  return {
    asset: { kind: 'zip', path, hash, size, extension: '.zip', source, targets: asset.targets },
    unpackedSize,
    fresh: !known,
  };
}

async function create(space: Workspace, entries: readonly Entry[], output: string): Promise<Archive> {
  const { createArchive } = await import('../build/archive.ts');
  return createArchive(space, entries, join(output, 'assets'));
}

/** The file is copied first: what is hashed here is what is uploaded later, whatever happens to the original. */
async function asItIs(
  { space, output }: PackageRequest,
  asset: LocalAsset,
  source: string,
): Promise<PackagedOne> {
  const { targets, packaging } = asset;
  const extension = extname(asset.path);
  const folder = join(output, 'assets');
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `${process.pid}-${sha256(asset.path).slice(0, 16)}.tmp`);
  const { fd, size } = openInside(space, asset.path);
  await pipeline(createReadStream('', { fd }), createWriteStream(temporary));
  const hash = await fileHash(temporary);
  const path = join(folder, `${hash}${extension}`);
  await rename(temporary, path);
  const unpackedSize =
    packaging === 'archive' ? (await listArchive(path)).reduce((sum, entry) => sum + entry.size, 0) : size;
  const kind = packaging === 'archive' ? 'zip' : 'file';
  return { asset: { kind, path, hash, size, extension, source, targets }, unpackedSize, fresh: false };
}

/** One asset for each content, with all the places that want its location. */
function merge(local: readonly LocalAsset[], byJob: ReadonlyMap<string, FileAsset>): FileAsset[] {
  const byContent = new Map<string, FileAsset>();
  for (const each of local) {
    const packaged = byJob.get(jobKey(each));
    if (!packaged) continue;
    const content = `${packaged.hash}${packaged.extension}`;
    const known = byContent.get(content);
    byContent.set(content, { ...packaged, targets: [...(known?.targets ?? []), ...each.targets] });
  }
  return [...byContent.values()];
}
