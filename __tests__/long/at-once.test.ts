import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import {
  codeDigests,
  differsFrom,
  readService,
  regionNumber,
  STACK,
  type Version,
  writeService,
} from '../support/reference-service.ts';
import { runAction } from '../support/runner.ts';

let emulator: Emulator;
let root: string;
let codes: ReadonlyMap<string, Version>;
beforeAll(async () => {
  emulator = await startEmulator();
  root = await realpath(await mkdtemp(join(tmpdir(), 'at-once-')));
  codes = await codeDigests(root);
});
afterAll(async () => {
  await emulator.stop();
  await rm(root, { recursive: true, force: true });
});

async function deploy(version: Version, region: string) {
  const workspace = join(root, `${region}-${version}`);
  await writeService(workspace, version);
  return runAction({
    workspace,
    inputs: { 'stack-name': STACK, source: 'template.json', region, cache: 'false' },
    env: { ...emulator.env },
  });
}

// The second run starts so many milliseconds after the first.
const DELAYS = [0, 100, 200, 300, 450];
const CASES = DELAYS.flatMap((delay) => [
  { delay, found: 'nothing' },
  { delay, found: 'a stack' },
]);

it.each(CASES)(
  'two runs, the second $delay ms later, that find $found end with what one of them wanted',
  async ({ delay, found }) => {
    const region = regionNumber(1 + DELAYS.indexOf(delay) * 2 + Number(found === 'a stack'));
    if (found === 'a stack') expect((await deploy('C', region)).exitCode).toBe(0);
    const second = sleep(delay).then(() => deploy('B', region));
    const runs = { A: await deploy('A', region), B: await second };
    const look = () => readService({ endpoint: emulator.endpoint, region }, codes);
    const left = await look();
    const [last = 'C'] = left.versions as Version[];
    expect(differsFrom(left, last)).toBeUndefined();
    for (const version of ['A', 'B'] as const) {
      const { exitCode, errors } = runs[version];
      if (exitCode === 0) continue;
      expect(errors.join()).toMatch(/run the job again|another operation/i);
      expect((await deploy(version, region)).exitCode).toBe(0);
      expect(differsFrom(await look(), version)).toBeUndefined();
    }
    // The emulator, unlike AWS, gives a stack under review another id with each change set: who made the first cannot see
    // the end.
    if (found === 'a stack') expect(last === 'A' || last === 'B' ? runs[last].exitCode : undefined).toBe(0);
  },
);
