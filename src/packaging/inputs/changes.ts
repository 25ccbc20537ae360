import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/** What differs between a commit and the files that are here. Paths are relative to the repository, with `/`. */
export interface KnownChanges {
  readonly kind: 'known';
  /** Of the repository; absolute, links resolved. */
  readonly top: string;
  /** The commit that it is compared with. */
  readonly base: string;
  /** What became of files, by their path. */
  readonly files: ReadonlyMap<string, FileFate>;
  /** Files and folders that came, went or became something else, by the folder that holds them. */
  readonly names: ReadonlyMap<string, ReadonlyMap<string, FileFate>>;
  /** Every file that git knows. */
  readonly tracked: ReadonlySet<string>;
}

/** Whether a file is here that was not, was there and is not, or is another one: its content, kind or mode. */
export type FileFate = 'added' | 'removed' | 'changed';

/** Nobody can tell what has changed. */
export interface UnknownChanges {
  readonly kind: 'unknown';
  readonly why: string;
}

export type Changes = KnownChanges | UnknownChanges;

/** What is proposed: commits, as GitHub's event names them. */
export interface Proposal {
  /** Of a pull request. */
  readonly headSha: string | undefined;
  readonly baseSha: string;
}

const execute = promisify(execFile);

/**
 * Compares the files of a repository with the commit that a proposal would change: the first parent of GitHub's merge
 * commit where that is checked out, else what both sides have in common. Changes that an earlier step made to files that
 * git knows count, too; what git does not know is nothing that it can tell of.
 *
 * @param folder in the repository
 */
export async function changesSince(folder: string, { headSha, baseSha }: Proposal): Promise<Changes> {
  const git = async (...args: string[]): Promise<string> => {
    const safe = ['-c', 'safe.bareRepository=explicit', '-c', 'core.fsmonitor=false', '-C', folder];
    const { stdout } = await execute('git', [...safe, ...args], { maxBuffer: 512 * 1024 * 1024 });
    return stdout;
  };
  const answer = (...args: string[]): Promise<string | undefined> =>
    git(...args).then(
      (text) => text.trim(),
      () => undefined,
    );
  const top = await answer('rev-parse', '--show-toplevel');
  if (top === undefined) return { kind: 'unknown', why: 'no git repository tells what has changed' };
  const merged = headSha !== undefined && (await answer('rev-parse', '--verify', 'HEAD^2')) === headSha;
  const base =
    (merged ? await answer('rev-parse', '--verify', 'HEAD^1^{commit}') : undefined) ??
    (await answer('merge-base', baseSha, 'HEAD')) ??
    (await answer('rev-parse', '--verify', `${baseSha}^{commit}`));
  if (base === undefined) {
    const why = `git does not have the base commit ${baseSha.slice(0, 7)} here (actions/checkout with fetch-depth: 2 fetches it)`;
    return { kind: 'unknown', why };
  }
  const [diff, files, folders] = await Promise.all([
    git('diff', '--name-status', '-z', '--no-renames', '--no-ext-diff', '--no-relative', base),
    git('ls-files', '-z', '--full-name', ':/'),
    git('ls-tree', '-r', '-d', '-z', '--name-only', '--full-tree', base),
  ]);
  const tracked = new Set(parts(files));
  const changed = statuses(parts(diff));
  const foldersBefore = new Set(parts(folders));
  const foldersNow = new Set([...tracked].flatMap((file) => foldersOf(file)));
  return {
    kind: 'known',
    top: realpathSync(top),
    base,
    files: new Map(changed.map(({ status, file }) => [file, fateOf(status)])),
    names: namesOf(changed, (folder) => foldersBefore.has(folder) !== foldersNow.has(folder)),
    tracked,
  };
}

/** What a file held at the base; `undefined`: there was none. */
export async function fileAtBase({ top, base }: KnownChanges, file: string): Promise<string | undefined> {
  const command = ['-c', 'safe.bareRepository=explicit', '-C', top, 'cat-file', 'blob', `${base}:${file}`];
  return execute('git', command, { maxBuffer: 64 * 1024 * 1024 }).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
}

const parts = (text: string): string[] => text.split('\0').filter((part) => part !== '');

interface FileChange {
  /** `A`, `D`, `M`, `T` and others. Source: git-diff(1), `--diff-filter`. */
  readonly status: string;
  readonly file: string;
}

function statuses(words: readonly string[]): FileChange[] {
  const found: FileChange[] = [];
  for (let at = 0; at + 1 < words.length; at += 2)
    found.push({ status: words[at] ?? '', file: words[at + 1] ?? '' });
  return found;
}

const fateOf = (status: string): FileFate =>
  status === 'A' ? 'added' : status === 'D' ? 'removed' : 'changed';

/** `a/b/c.js` is in `a/b` and `a`. */
function foldersOf(file: string): string[] {
  const found: string[] = [];
  for (let at = dirname(file); at !== '.'; at = dirname(at)) found.push(at);
  return found;
}

function namesOf(
  changed: readonly FileChange[],
  cameOrWent: (folder: string) => boolean,
): Map<string, Map<string, FileFate>> {
  const found = new Map<string, Map<string, FileFate>>();
  const add = (path: string, fate: FileFate): void => {
    const folder = dirname(path) === '.' ? '' : dirname(path);
    found.set(folder, (found.get(folder) ?? new Map<string, FileFate>()).set(path, fate));
  };
  for (const { status, file } of changed) {
    if (status === 'M') continue;
    add(file, fateOf(status));
    for (const folder of foldersOf(file)) if (cameOrWent(folder)) add(folder, fateOf(status));
  }
  return found;
}
