import { createReadStream, createWriteStream, readFileSync, statSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FileAsset } from '../../assembly/types.ts';
import { sha256 } from '../../hash/canonical.ts';
import { fileHash } from '../../hash/file-hash.ts';
import type { Log } from '../../log.ts';
import { nextTurn } from '../../order/event-loop.ts';
import { forEachOf } from '../../order/for-each.ts';
import { AT_ONCE } from '../../order/limits.ts';
import { type ArchiveFolder, keptArchive } from '../../packaging/archive/kept-archive.ts';
import { lambdaLimitProblem, webLimitProblem } from '../../packaging/archive/limits.ts';
import { listArchive } from '../../packaging/archive/zip-reader.ts';
import { isOurOutput } from '../../packaging/workspace/output-folder.ts';
import { type Entry, sorted, walk } from '../../packaging/workspace/walk.ts';
import { openInside, type Workspace } from '../../packaging/workspace/workspace.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import type { LocalAsset } from '../../sources/draft.ts';
import { bytes } from '../../text/bytes.ts';

/** Files that were packaged, by {@link jobKey}. */
export type PackagedFiles = ReadonlyMap<string, FileAsset>;

/** The same local thing is packaged once, however many properties name it. */
export const jobKey = ({ path, packaging }: LocalAsset): string => `${packaging} ${path}`;

/**
 * Stages 6 and 7: makes an archive of everything that needs one; equal content is packaged once.
 *
 * @param added what the Archive hook adds to the archive for some functions, by their logical IDs
 * @throws ProblemError with every archive that is larger than Lambda takes
 */
export async function packageArchives(
  assets: readonly LocalAsset[],
  folder: ArchiveFolder & {
    readonly added?: (owners: readonly string[]) => Promise<readonly Entry[]>;
    /** What another run has packaged already, and what this one does. */
    readonly packaged?: Map<string, Promise<Packaged>>;
  },
  log: Log,
): Promise<PackagedFiles> {
  const problems: Problem[] = [];
  const byKey = Map.groupBy(assets, jobKey);
  let others = 0;
  const packaged = await forEachOf(unique(assets), AT_ONCE.archives, async (asset) => {
    // Archives of small files are made without a pause, and AWS is asked meanwhile.
    await nextTurn();
    const owners = (byKey.get(jobKey(asset)) ?? []).map(({ owner }) => owner);
    const extra = asset.forLambda ? ((await folder.added?.(owners)) ?? []) : [];
    const more = [...(asset.extra ?? []), ...extra];
    const known = more.length === 0 ? folder.packaged?.get(jobKey(asset)) : undefined;
    const making = known ?? packageAsset(asset, more, folder);
    if (more.length === 0) folder.packaged?.set(jobKey(asset), making);
    const result = await making;
    const problem = asset.forLambda ? limitProblem(asset, result) : undefined;
    if (problem) problems.push(problem);
    if (known) others++;
    else log.info(`${asset.written}: ${bytes(result.asset.size)}${result.fresh ? '' : ', unchanged'}`);
    return [jobKey(asset), result.asset] as const;
  });
  if (problems.length > 0) throw new ProblemError(problems);
  if (others > 0) log.info(`Archives that other targets have, too: ${others}`);
  return new Map(packaged);
}

const limitProblem = ({ web, owner }: LocalAsset, { asset, unpackedSize }: Packaged): Problem | undefined =>
  web ? webLimitProblem(owner, asset.size) : lambdaLimitProblem(owner, unpackedSize);

function unique(assets: readonly LocalAsset[]): LocalAsset[] {
  const byKey = new Map<string, LocalAsset>();
  for (const asset of assets) {
    const known = byKey.get(jobKey(asset));
    const forLambda = known?.forLambda || asset.forLambda;
    const web = Boolean(asset.web && (known?.web ?? true));
    byKey.set(jobKey(asset), { ...(known ?? asset), forLambda, web });
  }
  return [...byKey.values()];
}

/** A local thing that is packaged. */
export interface Packaged {
  readonly asset: FileAsset;
  /** Bytes. */
  readonly unpackedSize: number;
  readonly fresh: boolean;
}

/** Makes an archive of a local thing, with further entries; an archive that is there already is taken as it is. */
export async function packageAsset(
  asset: LocalAsset,
  extra: readonly Entry[],
  folder: ArchiveFolder,
): Promise<Packaged> {
  const found = entriesOf(asset, folder.space);
  if (!found) {
    if (extra.length > 0) throw new ProblemError(unchangeable(asset));
    return asItIs(asset, folder);
  }
  const layered = asset.forLambda ? undefined : found.find(leadsToLayer);
  if (layered) throw new ProblemError(leadsOut(asset, layered.name));
  const { archive, fresh } = await keptArchive(withAdded(asset, found, extra), folder);
  const { path, hash, size, unpackedSize } = archive;
  const source = sourceOf(asset, folder.space);
  return {
    asset: { kind: 'zip', path, hash, size, extension: '.zip', source, targets: asset.targets },
    unpackedSize,
    fresh,
  };
}

/** What goes into the archive; `undefined` for files that are uploaded as they are. */
function entriesOf({ path, packaging, ours }: LocalAsset, space: Workspace): readonly Entry[] | undefined {
  const name = basename(path);
  if (ours) return [{ kind: 'bytes', name, bytes: readFileSync(path), executable: false }];
  if (statSync(path).isDirectory()) return walk(space, path, isOurOutput);
  const isDone = packaging === 'file' || /\.(zip|jar)$/i.test(path);
  return isDone ? undefined : [{ kind: 'file', name, path }];
}

const sourceOf = ({ path }: LocalAsset, { root }: Workspace): string => relative(root, path) || '.';

const leadsToLayer = (entry: Entry): boolean => entry.kind === 'link' && entry.target.startsWith('/');

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

function withAdded(asset: LocalAsset, found: readonly Entry[], added: readonly Entry[]): readonly Entry[] {
  if (added.length === 0) return found;
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

/** The file is copied first: what is hashed here is what is uploaded later, whatever happens to the original. */
async function asItIs(asset: LocalAsset, { space, output }: ArchiveFolder): Promise<Packaged> {
  const { targets, packaging } = asset;
  const source = sourceOf(asset, space);
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
