import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipArchive } from 'archiver';
import { createArchive } from '../src/packaging/archive/archive.ts';
import { walk } from '../src/packaging/workspace/walk.ts';
import { workspace } from '../src/packaging/workspace/workspace.ts';
import { type BenchRow, median } from './row.ts';

const FILES = 8000;
const BYTES = 140 * 1024 * 1024;
const ROUNDS = 3;

/** Packaging a tree of 8,000 files / 140 MB, against `archiver` and `zip -6`. */
export async function run(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-packaging-'));
  try {
    const tree = join(folder, 'tree');
    await makeTree(tree);
    const times = { ours: [] as number[], archiver: [] as number[], zip: [] as number[] };
    const hasZip = spawnSync('zip', ['-v']).status === 0;
    for (let round = 0; round < ROUNDS; round++) {
      times.ours.push(await timed(() => ours(tree, join(folder, 'out'))));
      times.archiver.push(await timed(() => archiver(tree, join(folder, 'archiver.zip'))));
      if (hasZip) times.zip.push(await timed(() => zip(tree, join(folder, 'zip.zip'))));
    }
    const mine = median(times.ours);
    const row = (peer: string, values: number[], least: number): BenchRow => ({
      name: 'package 8,000 files / 140 MB',
      ours: mine,
      peer,
      peerValue: median(values),
      unit: 'ms',
      ratio: median(values) / mine,
      target: `at least ${least}x faster`,
      ok: median(values) / mine >= least,
    });
    return [row('archiver', times.archiver, 2.5), ...(hasZip ? [row('zip -6', times.zip, 1)] : [])];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function ours(tree: string, out: string): Promise<void> {
  const space = workspace(tree, false);
  await createArchive(space, walk(space, tree), out);
}

async function archiver(tree: string, out: string): Promise<void> {
  const archive = new ZipArchive({ zlib: { level: 6 } });
  archive.directory(tree, false);
  await Promise.all([archive.finalize(), pipeline(archive, createWriteStream(out))]);
}

async function zip(tree: string, out: string): Promise<void> {
  await rm(out, { force: true });
  spawnSync('zip', ['-6', '-q', '-r', out, '.'], { cwd: tree });
}

/** Mostly text that compresses as code does, some data that hardly compresses; the same on every machine. */
async function makeTree(root: string): Promise<void> {
  const random = randomFrom(1);
  const average = BYTES / FILES;
  for (let index = 0; index < FILES; index++) {
    const folder = join(root, `package-${index % 200}`, `lib-${index % 7}`);
    if (index < 1400) await mkdir(folder, { recursive: true });
    const size = index % 400 === 0 ? average * 80 : average * 0.2 + random(average * 1.2);
    const bytes = index % 40 === 0 ? noise(size, random) : text(size, random);
    await writeFile(join(folder, `file-${index}.js`), bytes);
  }
}

function noise(size: number, random: (below: number) => number): Uint8Array {
  return Uint8Array.from({ length: size }, () => random(256));
}

const WORDS = 'const return function export import await async module require value result error index'.split(
  ' ',
);

/** Numbers that are the same on every machine. */
export function randomFrom(start: number): (below: number) => number {
  let seed = start;
  return (below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
}

/** Text that compresses as code does. */
export function text(size: number, random: (below: number) => number): string {
  let result = '';
  while (result.length < size) {
    result += `${WORDS[random(WORDS.length)]} ${(random(2 ** 31)).toString(36)}(${WORDS[random(WORDS.length)]});\n`;
  }
  return result;
}
