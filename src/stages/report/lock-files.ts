import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageChanges } from '../../packaging/archive/packages/index.ts';
import { LOCK_FILES, lockedPackages } from '../../packaging/archive/packages/lock-files.ts';
import type { LockedPackages, PackageRow, StackReport } from '../../report/model.ts';
import type { Run } from '../run.ts';

const execute = promisify(execFile);
/** Bytes of a lock file. */
const LONGEST = 32 * 1024 * 1024;
/** Of more packages a table says nothing. */
const MOST_PACKAGES = 100;

/**
 * Packages that the lock files of a pull request have otherwise than those of its base commit, as far as no archive tells
 * them: what a bundler took in, or where the former archive is not at hand.
 */
export async function lockFileChanges(
  stacks: readonly StackReport[],
  { host, source }: Run,
): Promise<readonly LockedPackages[]> {
  const { baseSha } = host.event;
  if (baseSha === undefined) return [];
  const { root } = source.space;
  const git = async (...args: string[]): Promise<string> =>
    (await execute('git', ['-C', root, ...args], { maxBuffer: LONGEST, signal: host.signal })).stdout;
  const names = LOCK_FILES.flatMap((name) => [name, `:(glob)**/${name}`]);
  const listed = await git(
    'diff',
    '--name-only',
    '--no-renames',
    '--relative',
    '-z',
    baseSha,
    '--',
    ...names,
  ).catch(() => '');
  const shown = new Set(
    stacks.flatMap(({ codeFiles = {} }) =>
      Object.values(codeFiles).flatMap(({ packages = [] }) => packages.map(keyOf)),
    ),
  );
  const found: LockedPackages[] = [];
  for (const file of listed.split('\0').filter((name) => name !== '')) {
    const [before, after] = await Promise.all([
      git('show', `${baseSha}:./${file}`).catch(() => ''),
      readFile(join(root, file), 'utf8').catch(() => ''),
    ]);
    const packages = packageChanges(lockedPackages(file, before), lockedPackages(file, after)).filter(
      (each) => !shown.has(keyOf(each)),
    );
    if (packages.length > 0)
      found.push({
        file,
        packages: packages.slice(0, MOST_PACKAGES),
        more: Math.max(0, packages.length - MOST_PACKAGES),
      });
  }
  return found;
}

const keyOf = ({ ecosystem, name }: PackageRow): string => `${ecosystem} ${name}`;
