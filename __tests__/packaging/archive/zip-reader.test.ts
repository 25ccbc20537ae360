import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listArchive } from '../../../src/packaging/archive/zip-reader.ts';

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'zip-reader-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function pythonZip(file: string, names: readonly string[]): string {
  const path = join(scratch, file);
  const script = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as z:
    z.comment = b'made elsewhere'
    for name in sys.argv[2:]: z.writestr(name, name * 3)`;
  expect(spawnSync('python3', ['-c', script, path, ...names]).status).toBe(0);
  return path;
}

describe('listArchive', () => {
  it('lists an archive that another program made', async () => {
    const listed = await listArchive(pythonZip('good.zip', ['a', 'b/c..d']));
    expect(listed.map(({ name, size }) => [name, size])).toEqual([
      ['a', 3],
      ['b/c..d', 18],
    ]);
  });

  it('names every entry that would leave its folder', async () => {
    const path = pythonZip('bad.zip', ['ok', '../up', '/root', 'a/../../b', 'C:/x']);
    const error = await listArchive(path).catch((thrown: Error) => thrown.message);
    for (const name of ['../up', '/root', 'a/../../b', 'C:/x']) expect(error).toContain(JSON.stringify(name));
    expect(error).not.toContain('"ok"');
  });

  it.each([
    ['text', Buffer.from('hello')],
    ['nothing', Buffer.alloc(0)],
    [
      'an end record alone, of a directory elsewhere',
      Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18, 0x7f)]),
    ],
  ])('refuses %s', async (_, bytes) => {
    const path = join(scratch, 'none.zip');
    writeFileSync(path, bytes);
    await expect(listArchive(path)).rejects.toThrow('is no ZIP archive');
  });
});
