/** What a distributed Map reads of files, and what it makes of results. Source: AWS Step Functions Developer Guide, "ItemReader (Map)" and "ResultWriter (Map)". */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../../../src/template/types.ts';
import { alone, outputOf, storeOf } from './machine.ts';

const FILES: Readonly<Record<string, string>> = {
  'nested.json': JSON.stringify({ a: { 'b/c': [{ id: 1 }, { id: 2 }] }, list: [[1], [2]] }),
  'list.json': '[1,2]',
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'map-files-'));
  for (const [name, content] of Object.entries(FILES)) await writeFile(join(folder, name), content);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function mapped(fields: JsonObject, input: Json = {}): Promise<Json> {
  const state = {
    Type: 'Map',
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'As',
      States: { As: { Type: 'Pass', End: true } },
    },
    ...fields,
  };
  const store = storeOf(alone(state), 'STANDARD', async (_, key) =>
    key in FILES ? join(folder, key) : undefined,
  );
  const [machine] = store.machines();
  if (!machine) throw new Error('there is no machine');
  const execution = store.executions.start(machine, { input: JSON.stringify(input) });
  await execution.over;
  return outputOf(execution);
}

describe('a distributed Map', () => {
  const read = (Key: string, ReaderConfig: JsonObject) =>
    mapped({
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON', ...ReaderConfig },
        Parameters: { Bucket: 'b', Key },
      },
    });

  it.each([
    ['nested.json', { ItemsPointer: '/a/b~1c' }, [{ id: 1 }, { id: 2 }]],
    ['nested.json', { ItemsPointer: '/list/1' }, [2]],
    ['list.json', { ItemsPointer: '' }, [1, 2]],
  ])('reads of %s what %j says', async (file, config, items) => {
    expect(await read(file, config)).toEqual(items);
  });

  it.each([
    ['nested.json', { ItemsPointer: '/a/none' }, 'nothing at /a/none'],
    ['list.json', { InputType: 'MANIFEST' }, 'Items of the type MANIFEST are not read here'],
    ['list.json', { InputType: 'PARQUET' }, 'Items of the type PARQUET are not read here'],
    ['list.json', { Transformation: 'LOAD_AND_FLATTEN' }, 'LOAD_AND_FLATTEN'],
  ])('does not read %s by %j', async (file, config, says) => {
    expect(await read(file, config)).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: expect.stringContaining(says),
    });
  });

  it.each([
    ['FLATTEN', [1, 2, 3, [4]]],
    ['COMPACT', [[1, 2], 3, [[4]]]],
  ])('makes results %s where it writes none', async (Transformation, made) => {
    const written = { ResultWriter: { WriterConfig: { Transformation, OutputType: 'JSON' } } };
    expect(await mapped(written, [[1, 2], 3, [[4]]])).toEqual(made);
  });

  it.each<JsonObject>([{ Transformation: 'NONE' }, { OutputType: 'JSONL' }])(
    'says that it makes no %j',
    async (config) => {
      expect(await mapped({ ResultWriter: { WriterConfig: config } }, [1])).toMatchObject({
        error: 'States.Runtime',
        cause: expect.stringContaining('are not made here'),
      });
    },
  );
});
