import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'home-'));
});
afterEach(() => rm(home, { recursive: true }));

const CLIENTS = resolve(import.meta.dirname, '../../../src/aws/connection/clients.ts');
const PROGRAM = `
  const { connect } = await import(${JSON.stringify(CLIENTS)});
  const given = { env: process.env, region: '', version: '0' };
  console.log(await connect(given).then(({ region }) => region, ({ message }) => message));
`;

/** In a process of its own, as the SDK reads the home folder and the files in it once. */
const regionOf = (env: Readonly<Record<string, string>> = {}): string =>
  execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '--eval', PROGRAM], {
    encoding: 'utf8',
    env: { HOME: home, ...env },
  }).trim();

it.each(['config', 'credentials'])('is that of a profile in the home folder: %s', async (name) => {
  await mkdir(join(home, '.aws'));
  await writeFile(join(home, '.aws', name), '[default]\nregion = eu-west-3\n');
  expect(regionOf()).toBe('eu-west-3');
});

it.each(['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'])(
  'is that of a file that %s names',
  async (name) => {
    await writeFile(join(home, 'elsewhere'), '[default]\nregion = ap-south-2\n');
    expect(regionOf({ [name]: '~/elsewhere' })).toBe('ap-south-2');
    expect(regionOf({ [name]: join(home, 'elsewhere') })).toBe('ap-south-2');
  },
);

it('is none without such files, or with one that has none', async () => {
  expect(regionOf()).toMatch(/^no AWS region is set/);
  await mkdir(join(home, '.aws'));
  await writeFile(join(home, '.aws', 'config'), '[default]\noutput = json\n');
  expect(regionOf()).toMatch(/^no AWS region is set/);
});
