import { lstatSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson, sha256 } from '../../hash/canonical.ts';
import { PLACE } from '../inputs/copy.ts';
import { orUndefined } from '../workspace/workspace.ts';
import type { BuildContext } from './context.ts';

/** Builds of one kind and folder that may go on at once, in several runs on one machine. */
const MOST = 20;

/**
 * A folder of a build's own below that of temporary files, empty. Many compilers write the place where they ran into what
 * they make, so the same build gets the same place in each run, as long as it is free; another one otherwise.
 *
 * @param spec what is built
 * @returns absolute, links resolved
 */
export async function buildPlace(spec: unknown, { space, env }: BuildContext): Promise<string> {
  const temporary = realpathSync(env.RUNNER_TEMP ?? tmpdir());
  const name = sha256(canonicalJson(spec).replaceAll(space.root, '')).slice(0, 12);
  const folder = join(temporary, `${PLACE}${process.getuid?.() ?? 'user'}`);
  if (isOurs(folder)) {
    for (let count = 0; count < MOST; count++) {
      const place = join(folder, count === 0 ? name : `${name}-${count}`);
      if (isTaken(place)) continue;
      return place;
    }
  }
  return realpath(await mkdtemp(join(temporary, PLACE)));
}

/** On a machine of many users, somebody else may have put something in its place. */
function isOurs(folder: string): boolean {
  orUndefined(() => mkdirSync(folder, { mode: 0o700 }));
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === (process.getuid?.() ?? found.uid);
}

/** Whether a run that goes on has a place; it is ours otherwise, and empty. */
function isTaken(place: string): boolean {
  if (!claim(`${place}.pid`)) return true;
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place);
  return false;
}

/** Puts our process's id in a file, unless it has that of one that runs. */
function claim(owner: string): boolean {
  const create = (): boolean =>
    orUndefined(() => writeFileSync(owner, String(process.pid), { flag: 'wx' }) ?? true) ?? false;
  if (create()) return true;
  const left = orUndefined(() => readFileSync(owner, 'utf8'));
  if (left === undefined || isRunning(Number(left))) return false;
  // Of several that find what a killed run left, one takes it away; the others put back what they took instead.
  const aside = `${owner}.${process.pid}`;
  const taken = orUndefined(() => {
    renameSync(owner, aside);
    return readFileSync(aside, 'utf8');
  });
  if (taken === undefined) return false;
  if (taken !== left) {
    orUndefined(() => renameSync(aside, owner));
    return false;
  }
  rmSync(aside, { force: true });
  return create();
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Gives a place back. */
export function leavePlace(place: string): void {
  rmSync(place, { recursive: true, force: true });
  rmSync(`${place}.pid`, { force: true });
}
