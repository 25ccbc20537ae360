import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { Asset, StackAssembly } from '../../../src/assembly/types.ts';
import { readEntry } from '../../../src/packaging/archive/read-entry.ts';
import { archiveOf } from '../../../src/packaging/archive/single-file.ts';
import { callbackNotes } from '../../../src/stages/plan/code/callback-handlers.ts';
import type { JsonObject } from '../../../src/template/types.ts';

const OLD = 'exports.handler = (event, context, callback) => callback(null, 1);';
const fn = (Runtime: string, Code: JsonObject): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime, Handler: 'index.handler', Code },
});

it('names functions whose handlers would not be called, in templates and in archives', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'callback-'));
  try {
    const path = join(folder, 'a.zip');
    await writeFile(path, archiveOf('index.js', OLD));
    expect((await readEntry(path, ['index.mjs', 'index.js'], 1_000))?.toString()).toBe(OLD);
    expect(await readEntry(path, ['index.js'], 10)).toBeUndefined();
    const Resources = {
      Inline: fn('nodejs24.x', { ZipFile: OLD }),
      Archive: fn('nodejs26.x', { S3Bucket: '', S3Key: '' }),
      Older: fn('nodejs22.x', { ZipFile: OLD }),
      Newer: fn('nodejs24.x', { ZipFile: 'exports.handler = async () => 1' }),
    };
    const assets = [
      {
        kind: 'zip',
        path,
        targets: [
          { kind: 'property', template: undefined, path: ['Resources', 'Archive', 'Properties', 'Code'] },
        ],
      },
    ] as unknown as readonly Asset[];
    const stack = { template: { template: { Resources } }, assets } as unknown as StackAssembly;
    const notes = await callbackNotes(stack);
    expect(notes.map((note) => note.split(':')[0])).toEqual(['Inline', 'Archive']);
    expect(notes[1]).toContain('index.handler takes a callback, which nodejs26.x does not call any more');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
