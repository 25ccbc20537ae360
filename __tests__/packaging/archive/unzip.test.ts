import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ZipArchive } from 'archiver';
import { leadsToLayers, unzip } from '../../../src/packaging/archive/unzip.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'local-zip-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function zip(name: string, fill: (archive: ZipArchive) => void, wide = false): Promise<string> {
  const archive = new ZipArchive({ forceZip64: wide });
  fill(archive);
  const path = join(directory, name);
  await Promise.all([archive.finalize(), pipeline(archive, createWriteStream(path))]);
  return path;
}

it.each([false, true])('unpacks files, folders, modes and links, ZIP64: %s', async (wide) => {
  const fill = (archive: ZipArchive): void => {
    archive.append('#!/bin/sh\n', { name: 'bin/run', mode: 0o755 });
    archive.append('stored', { name: 'stored.txt', store: true });
    archive.append('x'.repeat(100_000), { name: 'deep/er/long.txt' });
    archive.symlink('current', 'bin/run');
  };
  const path = await zip(`good-${wide}.zip`, fill, wide);
  const target = join(directory, `good-${wide}`);
  await unzip(path, target);
  expect(await readFile(join(target, 'stored.txt'), 'utf8')).toBe('stored');
  expect((await readFile(join(target, 'deep/er/long.txt'), 'utf8')).length).toBe(100_000);
  expect((await stat(join(target, 'bin/run'))).mode & 0o777).toBe(0o755);
  expect(await readlink(join(target, 'current'))).toBe('bin/run');
});

it('leads links to layers to where the layers are', async () => {
  const path = await zip('layered.zip', (archive) => {
    archive.append('', { name: 'app.js' });
    archive.symlink('node_modules', '/opt/nodejs/node_modules');
  });
  expect(await leadsToLayers(path)).toBe(true);
  await unzip(path, join(directory, 'with'), '/here');
  expect(await readlink(join(directory, 'with', 'node_modules'))).toBe('/here/nodejs/node_modules');
  await unzip(path, join(directory, 'without'));
  expect(await readlink(join(directory, 'without', 'node_modules'))).toBe('/opt/nodejs/node_modules');
  const sly = await zip('sly.zip', (archive) => archive.symlink('out', '/opt/../etc'));
  expect(await leadsToLayers(sly)).toBe(false);
  await expect(unzip(sly, join(directory, 'sly'), '/here')).rejects.toThrow('points outside of its folder');
});

it('refuses links that lead out of the folder', async () => {
  const path = await zip('link.zip', (archive) => archive.symlink('a/b', '../../outside'));
  await expect(unzip(path, join(directory, 'link'))).rejects.toThrow(
    'its link "a/b" points outside of its folder. Build the archive again.',
  );
});

it('refuses what lies behind a link, where the names no longer tell the place', async () => {
  const path = await zip('chain.zip', (archive) => {
    archive.symlink('here', '.');
    archive.symlink('here/up', '..');
    archive.append('x', { name: 'up/evil' });
  });
  await expect(unzip(path, join(directory, 'chain'))).rejects.toThrow(
    'its entry "here/up" lies behind a link',
  );
  await expect(stat(join(directory, 'evil'))).rejects.toThrow('ENOENT');
});

it('refuses an entry that claims to be larger than the archive', async () => {
  const path = await zip('claim.zip', (archive) => archive.append('x', { name: 'a', store: true }));
  const bytes = await readFile(path);
  const central = bytes.indexOf(Buffer.from('PK\x01\x02'));
  bytes.writeUInt32LE(0xfffffff0, central + 20);
  await writeFile(path, bytes);
  await expect(unzip(path, join(directory, 'claim'))).rejects.toThrow('its entry "a" is cut off');
});

it('refuses names that lead out of the folder', async () => {
  const path = await zip('name.zip', (archive) => archive.append('x', { name: 'ab/cd' }));
  const bytes = (await readFile(path)).toString('latin1').replaceAll('ab/cd', '../cd');
  await writeFile(path, bytes, 'latin1');
  await expect(unzip(path, join(directory, 'name'))).rejects.toThrow(
    'holds the entry "../cd", which would be unpacked outside of its folder',
  );
});

it('refuses what is no archive', async () => {
  const path = join(directory, 'text.zip');
  await writeFile(path, 'hello');
  await expect(unzip(path, join(directory, 'text'))).rejects.toThrow(
    'text.zip ends in .zip but is no ZIP archive',
  );
});

it('refuses what is cut off', async () => {
  const path = await zip('cut.zip', (archive) => archive.append('x'.repeat(1000), { name: 'file.txt' }));
  const bytes = await readFile(path);
  // The data of the first entry; the directory at the end stays as it is.
  bytes.fill(0, 38, 45);
  await writeFile(path, bytes);
  await expect(unzip(path, join(directory, 'cut'))).rejects.toThrow('its entry "file.txt" is cut off');
});
