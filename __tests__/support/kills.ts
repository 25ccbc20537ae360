import type { ChildProcess } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forEachOf } from '../../src/order/for-each.ts';
import { startProxy } from './proxy.ts';
import { seeded } from './random.ts';
import {
  codeDigests,
  differsFrom,
  readService,
  regionNumber,
  STACK,
  type Version,
  writeService,
} from './reference-service.ts';
import { runAction } from './runner.ts';

export interface KillResult {
  /** `converged N/N, orphans N` */
  readonly summary: string;
  /** What is wrong, run by run. */
  readonly wrong: readonly string[];
}

/** Milliseconds after a call arrived, before or while it is answered, in which the process is killed. */
const JITTER = 40;
/** Milliseconds that the process is given before the first call. */
const START = 400;
/** How many calls a run makes, about. */
const CALLS = 22;
const AT_ONCE = 4;

/**
 * Kills the action (SIGKILL) at random moments of a create or an update, runs it again, and compares with what an
 * undisturbed run leads to.
 */
export async function killRuns(endpoint: string, count: number, seed: number): Promise<KillResult> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'kills-')));
  const codes = await codeDigests(root);
  const wrong: string[] = [];
  let orphans = 0;
  let regions = 0;
  const seeds = Array.from({ length: count }, (_, n) => seed * 1000 + n);
  await forEachOf(seeds, AT_ONCE, async (each) => {
    const random = seeded(each);
    // A run may end before it is killed; then another one is.
    for (;;) {
      const region = regionNumber(++regions);
      const version: Version = random() < 0.5 ? 'A' : 'B';
      const deploy = (to: Version, options: Partial<StepOptions> = {}) =>
        step(join(root, region, to), { endpoint, region, version: to, ...options });
      if (version === 'B') await deploy('A');
      const moment = await killed(endpoint, random, (options) => deploy(version, options));
      if (!moment) continue;
      const again = await deploy(version);
      const found = await readService({ endpoint, region }, codes);
      const bad = again.exitCode === 0 ? differsFrom(found, version) : again.errors.join();
      if (bad) wrong.push(`seed ${each}, to ${version}, killed ${moment}: ${bad}`);
      // A template and an archive for each version.
      const objects = found.objects.length - (version === 'B' ? 4 : 2);
      orphans += objects + found.changeSets.length + found.uploads.length;
      return;
    }
  });
  await rm(root, { recursive: true, force: true });
  return { summary: `converged ${count - wrong.length}/${count}, orphans ${orphans}`, wrong };
}

interface StepOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly version: Version;
  readonly onStart?: (child: ChildProcess) => void;
}

async function step(folder: string, { endpoint, region, version, onStart }: StepOptions) {
  await writeService(folder, version);
  return runAction({
    workspace: folder,
    inputs: { 'stack-name': STACK, source: 'template.json', region, cache: 'false' },
    env: { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    ...(onStart && { onStart }),
  });
}

/** @returns when it was killed, in words; `undefined` when it had ended by then */
async function killed(
  endpoint: string,
  random: () => number,
  deploy: (options: Pick<StepOptions, 'endpoint' | 'onStart'>) => ReturnType<typeof step>,
): Promise<string | undefined> {
  const after = Math.floor(random() * CALLS);
  const wait = random() * (after === 0 ? START : JITTER);
  let child: ChildProcess | undefined;
  let calls = 0;
  let moment = 'at the start';
  const kill = () => setTimeout(() => child?.kill('SIGKILL'), wait);
  const proxy = await startProxy(endpoint, (call) => {
    if (++calls !== after) return;
    moment = `at ${call}`;
    kill();
  });
  const { exitCode } = await deploy({
    endpoint: proxy.url,
    onStart: (started) => {
      child = started;
      if (after === 0) kill();
    },
  });
  await proxy.stop();
  return exitCode === null ? `${moment} + ${Math.round(wait)} ms` : undefined;
}
