import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Asset, FileAsset, ImageAsset } from '../../assembly/types.ts';
import { sha256 } from '../../hash/canonical.ts';
import { fileHash } from '../../hash/file-hash.ts';
import type { Log } from '../../log.ts';
import { forEachOf } from '../../order/for-each.ts';
import type { Archive } from '../../packaging/archive/archive.ts';
import { artifactStore } from '../../packaging/archive/artifact-store.ts';
import { fingerprint } from '../../packaging/archive/fingerprint.ts';
import { lambdaLimitProblem } from '../../packaging/archive/limits.ts';
import { listArchive } from '../../packaging/archive/zip-reader.ts';
import type { FileIndex } from '../../packaging/inputs/file-index.ts';
import { type Entry, sorted, walk } from '../../packaging/workspace/walk.ts';
import { openInside, type Workspace } from '../../packaging/workspace/workspace.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import type { LocalAsset, LocalImage, Unpackaged } from '../../sources/draft.ts';
import { bytes } from '../../text/bytes.ts';
import { isOurOutput } from './earlier-artifacts.ts';

export interface PackageRequest {
  readonly space: Workspace;
  readonly files: FileIndex;
  readonly unpackaged: readonly Unpackaged[];
  /** `.sparta`, absolute. */
  readonly output: string;
  /** Whether archives are looked up by the content of what goes in, and kept for later runs. */
  readonly reuse: boolean;
  /** Receives the names of the parts of `.sparta` that archives were taken from or put into. */
  readonly used: Set<string>;
  /** What the Archive hook adds to the archive for these functions. */
  readonly added?: (owners: readonly string[]) => Promise<readonly Entry[]>;
  /** Makes an image; not needed where there is none. */
  readonly image: (image: LocalImage) => Promise<ImageAsset>;
}

/** A local thing that is packaged once, however many properties name it. */
interface Job {
  readonly asset: LocalAsset;
  /** What goes into the archive; `undefined` for files that are uploaded as they are. */
  readonly entries: readonly Entry[] | undefined;
  /** Content of the entries, where archives are reused. */
  readonly key: string | undefined;
}

/**
 * Stages 6 and 7: makes an archive of everything that needs one, and images. Equal content becomes one asset.
 *
 * @returns the assets of each
 */
export async function packageAssets(
  request: PackageRequest,
  log: Log,
): Promise<readonly (readonly Asset[])[]> {
  const { unpackaged, image } = request;
  const all = unpackaged.flatMap(({ local }) => local);
  const problems: Problem[] = [];
  const packaged = await forEachOf(unique(all), 4, async (asset) => {
    const owners = all.filter((each) => jobKey(each) === jobKey(asset)).map(({ owner }) => owner);
    const result = await packageOne(request, await prepare(request, asset, owners));
    const problem = asset.forLambda ? lambdaLimitProblem(asset.owner, result.unpackedSize) : undefined;
    if (problem) problems.push(problem);
    log.info(`${asset.written}: ${bytes(result.asset.size)}${result.fresh ? '' : ', unchanged'}`);
    return [jobKey(asset), result.asset] as const;
  });
  if (problems.length > 0) throw new ProblemError(problems);
  const byJob = new Map(packaged);
  const assets: Asset[][] = [];
  for (const { local, images } of unpackaged) {
    const made: Asset[] = merge(local, byJob);
    for (const each of images) made.push(await image(each));
    assets.push(made);
  }
  return assets;
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

async function prepare(
  { space, files, reuse, added }: PackageRequest,
  asset: LocalAsset,
  owners: readonly string[],
): Promise<Job> {
  const { path, packaging } = asset;
  if (asset.ours) {
    const bytes = await readFile(path);
    const entries: Entry[] = [{ kind: 'bytes', name: basename(path), bytes, executable: false }];
    return { asset, entries, key: reuse ? fingerprint(space, entries, files) : undefined };
  }
  const folder = statSync(path).isDirectory();
  const asItIs = !folder && (packaging === 'file' || /\.(zip|jar)$/i.test(path));
  const extra = [...(asset.extra ?? []), ...(asset.forLambda ? ((await added?.(owners)) ?? []) : [])];
  if (asItIs) {
    if (extra.length > 0) throw new ProblemError(unchangeable(asset));
    return { asset, entries: undefined, key: undefined };
  }
  const found: Entry[] = folder
    ? walk(space, path, isOurOutput)
    : [{ kind: 'file', name: basename(path), path }];
  const layered = asset.forLambda
    ? undefined
    : found.find(({ kind, ...each }) => kind === 'link' && 'target' in each && each.target.startsWith('/'));
  if (layered) throw new ProblemError(leadsOut(asset, layered.name));
  const entries = extra.length > 0 ? withAdded(asset, found, extra) : found;
  return { asset, entries, key: reuse ? fingerprint(space, entries, files) : undefined };
}

const leadsOut = ({ owner, written }: LocalAsset, name: string): Problem => ({
  subject: owner,
  message: `the link ${name} of ${written} leads to a layer of Lambda, and this is no function`,
  next: 'Remove it.',
});

const unchangeable = ({ owner, written }: LocalAsset): Problem => ({
  subject: owner,
  message: `the archive hook adds files, but ${written} is an archive already`,
  next: 'Name the folder that it was made from.',
});

function withAdded(asset: LocalAsset, found: readonly Entry[], added: readonly Entry[]): Entry[] {
  const names = new Set(found.map(({ name }) => name));
  const taken = added.filter(({ name }) => names.has(name));
  if (taken.length > 0) {
    const list = taken.map(({ name }) => name).join(', ');
    throw new ProblemError({
      subject: asset.owner,
      message: `the archive hook adds ${list}, which the archive has already`,
      next: 'Give it another name.',
    });
  }
  return sorted([...found, ...added]);
}

type Folders = Pick<PackageRequest, 'space' | 'output' | 'files' | 'used'>;

interface PackagedOne {
  readonly asset: FileAsset;
  readonly unpackedSize: number;
  readonly fresh: boolean;
}

async function packageOne(request: Folders, { asset, entries, key }: Job): Promise<PackagedOne> {
  const { space, output, files, used } = request;
  const source = relative(space.root, asset.path) || '.';
  if (!entries) return asItIs(request, asset, source);
  const store = artifactStore(output, files);
  const known = key === undefined ? undefined : await store.get(key);
  const archive: Archive = known ?? (await create(space, entries, output));
  if (key !== undefined) {
    if (!known) await store.put(key, archive);
    used.add(`artifacts/${key}.json`).add(`assets/${archive.hash}.zip`);
  }
  const { path, hash, size, unpackedSize } = archive;
  return {
    asset: { kind: 'zip', path, hash, size, extension: '.zip', source, targets: asset.targets },
    unpackedSize,
    fresh: !known,
  };
}

async function create(space: Workspace, entries: readonly Entry[], output: string): Promise<Archive> {
  const { createArchive } = await import('../../packaging/archive/archive.ts');
  return createArchive(space, entries, join(output, 'assets'));
}

/** The file is copied first: what is hashed here is what is uploaded later, whatever happens to the original. */
async function asItIs({ space, output }: Folders, asset: LocalAsset, source: string): Promise<PackagedOne> {
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
    const { destination } = each;
    const content = `${packaged.hash}${packaged.extension} ${JSON.stringify(destination)}`;
    const known = byContent.get(content);
    byContent.set(content, {
      ...packaged,
      ...(destination && { destination }),
      targets: [...(known?.targets ?? []), ...each.targets],
    });
  }
  return [...byContent.values()];
}
