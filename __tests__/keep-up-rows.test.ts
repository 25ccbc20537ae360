/** `npm run keep-up` over a copy of the code in which a row of a table is missing: it says what is new, and where it belongs. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { News } from '../scripts/keep-up/compare.ts';
import { newest } from './support/newest.ts';

const root = resolve(import.meta.dirname, '..');
const run = promisify(execFile);
let copy = '';

/** Reads what AWS has from a file, as maps and sets cannot be written as JSON. */
const SCRIPT = `
import { readFileSync } from 'node:fs';
import { compare, readDecided } from './scripts/keep-up/compare.ts';
import { TOPICS } from './scripts/keep-up/topics.ts';
const newest = JSON.parse(readFileSync('newest.json', 'utf8'), (_, value) =>
  value?.$map ? new Map(value.$map) : value?.$set ? new Set(value.$set) : value);
console.log(JSON.stringify(compare(newest, TOPICS, readDecided()).news));
`;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'keep-up-rows-'));
  await cp(join(root, 'src'), join(copy, 'src'), { recursive: true });
  for (const folder of ['keep-up', 'doors']) {
    await mkdir(join(copy, 'scripts'), { recursive: true });
    await cp(join(root, 'scripts', folder), join(copy, 'scripts', folder), { recursive: true });
  }
  await cp(join(root, 'scripts/venv.ts'), join(copy, 'scripts/venv.ts'));
  await cp(join(root, 'package.json'), join(copy, 'package.json'));
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  await writeFile(
    join(copy, 'newest.json'),
    JSON.stringify(newest, (_, value: unknown) => {
      if (value instanceof Map) return { $map: [...value] };
      return value instanceof Set ? { $set: [...value] } : value;
    }),
  );
  await writeFile(join(copy, 'compare.ts'), SCRIPT);
});
afterAll(() => rm(copy, { recursive: true, force: true }));

async function news(): Promise<News[]> {
  const { stdout } = await run(process.execPath, ['compare.ts'], {
    cwd: copy,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return JSON.parse(stdout) as News[];
}

it('says nothing of the code as it is', async () => {
  expect(await news()).toEqual([]);
});

/** A row of each table, and what is new without it. */
const ROWS: readonly (readonly [file: string, row: RegExp, told: string])[] = [
  ['src/runtimes.ts', /^ *'nodejs26\.x': undefined,\n/m, 'runtime nodejs26.x'],
  ['src/service/schema/function.ts', /, 32_768(?=\)\),\n *timeout)/, 'limit MemorySize=32768'],
  ['src/service/marshal/function.ts', /^.*TenancyConfig.*\n/m, 'function-property TenancyConfig'],
  [
    'src/service/declare/events/shared/mapping.ts',
    /^.*PollerGroupName.*\n/m,
    'mapping-property PollerGroupName',
  ],
  ['src/service/schema/event.ts', / 'SASL_SCRAM_256_AUTH',/, 'mapping-access SASL_SCRAM_256_AUTH'],
  ['src/service/marshal/published.ts', / : 'AWS_IAM'/, 'url-auth AWS_IAM'],
  ['src/service/marshal/published.ts', /'AWS::Lambda::Url'/, 'lambda-type AWS::Lambda::Url'],
  ['src/template/assets/asset-properties.ts', /^ *'AWS::Glue::Job': .*\n/m, 'local-code AWS::Glue::Job'],
  ['src/sam/generators.ts', /^ *MicrovmImage: .*\n/m, 'sam-type AWS::Serverless::MicrovmImage'],
  ['src/sam/events/index.ts', /^ *ScheduleV2: .*\n/gm, 'sam-event ScheduleV2'],
  ['src/sam/data/policy-templates.ts', /^SQSPollerPolicy .*\n/m, 'sam-policy SQSPollerPolicy'],
  ['src/sources/cdk/stacks.ts', /'cdk:asset-manifest'/, 'cdk-artifact cdk:asset-manifest'],
  ['src/sources/cdk/manifest.ts', /^.*notificationArns.*\n/gm, 'cdk-field notificationArns'],
  [
    'src/aws/stack/stack-states.ts',
    /^ *IMPORT_ROLLBACK_FAILED: .*\n/m,
    'stack-status IMPORT_ROLLBACK_FAILED',
  ],
  ['src/template/diff/change-set.ts', /'SyncWithActual'/g, 'change-action SyncWithActual'],
  [
    'src/aws/stack/change-set.ts',
    /^.*ImportExistingResources.*\n/m,
    'change-set-input ImportExistingResources',
  ],
  [
    'src/aws/connection/explain.ts',
    /CodeStorageExceededException/,
    'error-code CodeStorageExceededException',
  ],
];

it('says what is new where rows are missing', async () => {
  for (const [file, row] of ROWS) {
    const path = join(copy, file);
    const text = await readFile(path, 'utf8');
    const changed = text.replace(row, '');
    expect(changed).not.toBe(text);
    await writeFile(path, changed);
  }
  const told = (await news()).map(({ topic, name }) => `${topic} ${name}`);
  expect(told.sort()).toEqual(ROWS.map(([, , name]) => name).sort());
});
