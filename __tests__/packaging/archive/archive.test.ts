import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createArchive } from '../../../src/packaging/archive/archive.ts';
import { deflate } from '../../../src/packaging/archive/deflate.ts';
import { listArchive } from '../../../src/packaging/archive/zip-reader.ts';
import { type Entry, sorted, walk } from '../../../src/packaging/workspace/walk.ts';
import { workspace } from '../../../src/packaging/workspace/workspace.ts';

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'archive-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const FILES: Readonly<Record<string, string>> = {
  'index.js': 'export const handler = () => 1;\n'.repeat(50),
  'bin/run': '#!/bin/sh\necho hello\n',
  'Zoë/ünï ☃.txt': 'snow',
  'a-b': 'x',
  'a/b': 'y',
  'empty.txt': '',
};

function makeTree(root: string, names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), FILES[name] ?? '');
  }
  chmodSync(join(root, 'bin/run'), 0o755);
  mkdirSync(join(root, 'hollow'), { recursive: true });
  symlinkSync('bin/run', join(root, 'start'));
}

async function pack(root: string): Promise<{ readonly path: string; readonly hash: string }> {
  const space = workspace(root, false);
  return createArchive(space, walk(space, root), join(scratch, 'out'));
}

const bytesEntry = (name: string, bytes: Uint8Array, executable = false): Entry => ({
  kind: 'bytes',
  name,
  bytes,
  executable,
});

/** Reads an archive with Python's zipfile: an independent reader that checks every CRC. */
function pythonList(path: string): [string, number, string][] {
  const script = `
import json, sys, zipfile, hashlib
with zipfile.ZipFile(sys.argv[1]) as z:
    print(json.dumps([[i.filename, i.external_attr >> 16, hashlib.sha256(z.read(i)).hexdigest()] for i in z.infolist()]))`;
  const { status, stdout, stderr } = spawnSync('python3', ['-c', script, path], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as [string, number, string][];
}

const hasUnzip = spawnSync('unzip', ['-v']).error === undefined;
if (!hasUnzip) console.warn('what unzip makes of an archive is not tested: there is none here');
const itWithUnzip = hasUnzip ? it : it.skip;

it('is not made of a folder with what cannot be packaged, which is all told', () => {
  const root = join(scratch, 'odd');
  mkdirSync(root);
  spawnSync('mkfifo', [join(root, 'pipe')]);
  writeFileSync(Buffer.concat([Buffer.from(`${root}/bad`), Buffer.from([0xff])]), 'x');
  writeFileSync(join(root, 'good\uFFFD'), 'x');
  expect(() => walk(workspace(root, false), root)).toThrow(
    /bad\uFFFD is not UTF-8.*pipe is a socket, a pipe or a device/s,
  );
});

describe('an archive', () => {
  it('is the same for other times, umask, place and order of creation', async () => {
    const names = Object.keys(FILES);
    const first = join(scratch, 'first');
    makeTree(first, names);
    const second = join(scratch, 'some', 'where else');
    const umask = process.umask(0o077);
    try {
      makeTree(second, names.toReversed());
    } finally {
      process.umask(umask);
    }
    for (const name of names) utimesSync(join(second, name), 1, 86_400 * 365);
    const one = await pack(first);
    const other = await pack(second);
    expect(other.hash).toBe(one.hash);
    writeFileSync(join(second, 'a-b'), 'z');
    expect((await pack(second)).hash).not.toBe(one.hash);
  });

  it('is the same whatever the number of threads', () => {
    const tree = join(scratch, 'threads');
    mkdirSync(tree);
    const text = Array.from({ length: 60_000 }, (_, index) => `line ${(index * 7919) % 10_007}\n`).join('');
    for (let index = 0; index < 40; index++)
      writeFileSync(join(tree, `f${index}`), text.slice(0, index * 900));
    for (let index = 0; index < 4; index++)
      writeFileSync(join(tree, `large${index}`), text.repeat(3 + index));
    const script = `
      import { createArchive } from ${JSON.stringify(join(process.cwd(), 'src/packaging/archive/archive.ts'))};
      import { walk } from ${JSON.stringify(join(process.cwd(), 'src/packaging/workspace/walk.ts'))};
      const space = { root: ${JSON.stringify(tree)}, allowOutside: true };
      console.log((await createArchive(space, walk(space, space.root), ${JSON.stringify(join(scratch, 'out'))})).hash);`;
    const hash = (threads: string) => {
      const { stdout, stderr } = spawnSync(
        join(process.cwd(), 'node_modules/.bin/node'),
        ['--input-type=module', '-e', script],
        {
          encoding: 'utf8',
          env: { ...process.env, NODE_OPTIONS: '', UV_THREADPOOL_SIZE: threads },
        },
      );
      return stdout.trim() || stderr;
    };
    const hashes = ['1', '2', '16'].map(hash);
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(hashes).toEqual(Array(3).fill(hashes[0]));
  });

  it('compresses a piece of data the same whatever was compressed before it or beside it', async () => {
    const text = Buffer.from(
      Array.from({ length: 20_000 }, (_, line) => `line ${(line * 7919) % 1009}\n`).join(''),
    );
    const pieces = Array.from({ length: 600 }, (_, index) =>
      text.subarray(index * 131, index * 131 + index * 5),
    );
    const beside = await Promise.all(pieces.map(deflate));
    for (const [index, piece] of pieces.entries()) {
      const alone = await deflate(piece);
      expect(Buffer.concat(beside[index]?.chunks ?? [])).toEqual(Buffer.concat(alone.chunks));
    }
  });

  itWithUnzip('is accepted by unzip and Python, with modes, links and empty folders', async () => {
    const tree = join(scratch, 'modes');
    makeTree(tree, Object.keys(FILES));
    const { path } = await pack(tree);
    expect(spawnSync('unzip', ['-t', path]).status).toBe(0);
    const modes = Object.fromEntries(pythonList(path).map(([name, mode]) => [name, mode.toString(8)]));
    expect(modes).toEqual({
      'Zoë/ünï ☃.txt': '100644',
      'a-b': '100644',
      'a/b': '100644',
      'bin/run': '100755',
      'empty.txt': '100644',
      'hollow/': '40755',
      'index.js': '100644',
      start: '120777',
    });
    const unpacked = join(scratch, 'unpacked');
    expect(spawnSync('unzip', ['-q', path, '-d', unpacked]).status).toBe(0);
    const run = spawnSync(join(unpacked, 'start'), { encoding: 'utf8' });
    expect(run.stdout).toBe('hello\n');
  });

  it('of an empty folder is an archive without entries', async () => {
    const tree = join(scratch, 'empty');
    mkdirSync(tree);
    const { path } = await pack(tree);
    expect(await listArchive(path)).toEqual([]);
    expect(pythonList(path)).toEqual([]);
  });

  it('holds 70,000 entries', async () => {
    const space = workspace(scratch, false);
    const entries = Array.from({ length: 70_000 }, (_, index) =>
      bytesEntry(`e/${index}`, Buffer.from(String(index))),
    );
    const { path } = await createArchive(space, sorted(entries), join(scratch, 'out'));
    expect(await listArchive(path)).toHaveLength(70_000);
    expect(pythonList(path)).toHaveLength(70_000);
  });

  it('holds a file that is too large for memory, and stays small', async () => {
    const tree = join(scratch, 'large');
    mkdirSync(tree);
    const size = 70 * 1024 * 1024 + 17;
    writeFileSync(join(tree, 'large'), 'head');
    truncateSync(join(tree, 'large'), size);
    writeFileSync(join(tree, 'after'), 'after'.repeat(100));
    writeFileSync(join(tree, 'zz'), 'last'.repeat(100));
    const { path } = await pack(tree);
    expect(spawnSync('python3', ['-m', 'zipfile', '-t', path]).status).toBe(0);
    expect((await listArchive(path)).map((entry) => [entry.name, entry.size])).toEqual([
      ['after', 500],
      ['large', size],
      ['zz', 400],
    ]);
    expect(readFileSync(path).length).toBeLessThan(200_000);
    expect((await pack(tree)).path).toBe(path);
  });

  it('leaves nothing of what it compressed behind, whatever clears memory', () => {
    const script = `
      import { deflate } from ${JSON.stringify(join(process.cwd(), 'src/packaging/archive/deflate.ts'))};
      const buffers = () => process.memoryUsage().arrayBuffers;
      await deflate(Buffer.alloc(100));
      gc();
      const before = buffers();
      for (let index = 0; index < 1000; index++) await deflate(Buffer.alloc(4000, 'text ' + index));
      gc({ type: 'minor' });
      gc({ type: 'minor' });
      process.stdout.write(String(buffers() - before));`;
    const { stdout, stderr } = spawnSync(
      join(process.cwd(), 'node_modules/.bin/node'),
      ['--expose-gc', '--input-type=module', '-e', script],
      { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
    );
    expect(`${Number(stdout) < 1_000_000} ${stdout}${stderr}`).toMatch(/^true -?\d+$/);
  });

  it('stores what deflate would make larger', async () => {
    const noise = createHash('shake256', { outputLength: 5000 }).update('noise').digest();
    const { path } = await createArchive(
      workspace(scratch, false),
      [bytesEntry('noise', noise)],
      join(scratch, 'out'),
    );
    const bytes = readFileSync(path);
    expect(bytes.readUInt16LE(8)).toBe(0);
    expect(bytes.subarray(35, 35 + noise.length).equals(noise)).toBe(true);
  });

  it('refuses two entries of one name', async () => {
    const twice = [bytesEntry('a', Buffer.from('1')), bytesEntry('a', Buffer.from('2'))];
    await expect(createArchive(workspace(scratch, false), twice, join(scratch, 'out'))).rejects.toThrow(
      'would hold a twice',
    );
  });

  it('round-trips any entries through our reader', async () => {
    const space = workspace(scratch, false);
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .map((text) => `n/${text.replaceAll(/[/\\\0]|\.\./g, '_')}`);
    const entry = fc.record({ name, bytes: fc.uint8Array({ maxLength: 3000 }), executable: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(entry, { selector: (each) => each.name, maxLength: 30 }),
        async (made) => {
          const entries = sorted(made.map((each) => bytesEntry(each.name, each.bytes, each.executable)));
          const { path, unpackedSize } = await createArchive(space, entries, join(scratch, 'out'));
          const listed = await listArchive(path);
          expect(listed.map((each) => each.name)).toEqual(entries.map((each) => each.name));
          expect(listed.reduce((sum, each) => sum + each.size, 0)).toBe(unpackedSize);
          expect(contents(readFileSync(path))).toEqual(
            entries.map((each) => (each.kind === 'bytes' ? Buffer.from(each.bytes) : undefined)),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** What local headers and the data behind them say, read one after another: needs no central directory. */
function contents(archive: Buffer): Buffer[] {
  const result: Buffer[] = [];
  for (let at = 0; archive.readUInt32LE(at) === 0x04034b50; ) {
    const deflated = archive.readUInt16LE(at + 8) === 8;
    const start = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
    at = start + archive.readUInt32LE(at + 18);
    const data = archive.subarray(start, at);
    result.push(deflated ? inflateRawSync(data) : data);
  }
  return result;
}
