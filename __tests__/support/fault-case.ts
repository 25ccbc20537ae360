import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../src/commands/index.ts';
import { failureText } from '../../src/failure-text.ts';
import { eventContext } from '../../src/github/context.ts';
import type { Host } from '../../src/host.ts';
import { parseInputs } from '../../src/inputs.ts';
import { type Problem, problemLine } from '../../src/problem.ts';
import { inputContext } from '../../src/read-inputs.ts';
import { lines } from '../aws/support.ts';
import type { CallName } from './aws-calls.ts';
import { type Call, startFaultProxy } from './fault-proxy.ts';
import type { Fault } from './faults.ts';
import {
  codeDigests,
  type Deployed,
  differsFrom,
  isVersion,
  readService,
  regionNumber,
  STACK,
  type Version,
  writeService,
} from './reference-service.ts';

export const COMMANDS = ['create', 'update', 'update in place', 'delete'] as const;
export type Command = (typeof COMMANDS)[number];

/** One fault at one call of one command. */
export interface FaultCase {
  readonly command: Command;
  readonly operation: string;
  /** Which of the calls of this operation, from 0. */
  readonly number: number;
  readonly fault: Fault;
  /** AWS did the work, its reply was lost. */
  readonly after: boolean;
  /** How often in a row. */
  readonly times: number;
}

/** What became of a case. */
export interface CaseResult {
  /** `not met`: this time the command made fewer calls of the kind, as it waits for less. */
  readonly verdict: 'recovered' | 'clear error' | 'wrong' | 'not met';
  /** The error, or what is wrong. */
  readonly said: string;
}

/** Runs cases side by side, each in a region of its own. */
export interface Bench {
  /** The calls of an undisturbed run. */
  calls(command: Command): Promise<readonly Call[]>;
  run(one: FaultCase): Promise<CaseResult>;
  stop(): Promise<void>;
}

/** What each command starts from and leads to. */
const STATES: Readonly<Record<Command, readonly [before: Version | undefined, after: Version | undefined]>> =
  {
    create: [undefined, 'A'],
    update: ['A', 'B'],
    'update in place': ['A', 'D'],
    delete: ['B', undefined],
  };

/** @param endpoint of the emulator; the environment of this process is changed, from which the SDK takes its settings */
export async function startBench(endpoint: string): Promise<Bench> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'faults-')));
  const proxy = await startFaultProxy(endpoint);
  const codes = await codeDigests(root);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: proxy.endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  let regions = 0;
  const nextRegion = () => regionNumber(++regions);
  const become = async (version: Version | undefined, region: string): Promise<readonly Problem[]> => {
    const folder = join(root, region);
    await writeService(folder, version ?? 'A');
    return command(folder, {
      'stack-name': STACK,
      region,
      noop: 'false',
      cache: 'false',
      ...(version
        ? {
            source: 'template.json',
            'termination-protection': String(version !== 'B'),
            inplace: String(version === 'D'),
          }
        : { command: 'delete' }),
    });
  };
  const prepare = async (command: Command, region: string) => {
    const [before] = STATES[command];
    const problems = before ? await become(before, region) : [];
    if (problems.length > 0) throw new Error(problems.map(problemLine).join('\n'));
    return proxy.calls.length;
  };
  const callsOf = (region: string, since: number) =>
    proxy.calls.slice(since).filter((call) => call.region === region);

  return {
    async calls(command) {
      const region = nextRegion();
      const since = await prepare(command, region);
      await become(STATES[command][1], region);
      return callsOf(region, since);
    },
    async run(one) {
      const region = nextRegion();
      const { command, operation, number: skip, ...how } = one;
      const [before, after] = STATES[command];
      const look = () => readService({ endpoint, region }, codes);
      const since = await prepare(command, region);
      let armed = true;
      const on = (call: CallName) => armed && call.region === region && call.operation === operation;
      proxy.inject({ ...how, skip, on });
      const problems = await become(after, region);
      armed = false;
      const told = problems.map(problemLine).join('; ');
      if (!callsOf(region, since).some(({ fault }) => fault)) {
        return { verdict: 'not met', said: told };
      }
      const wrong =
        problems.length === 0
          ? differsFrom(await look(), after)
          : (unclear(problems) ?? halfDone(await look(), before, after));
      if (wrong) return { verdict: 'wrong', said: `${wrong}; ${told}` };
      const again = await become(after, region);
      const left = again.length > 0 ? again.map(problemLine).join('; ') : differsFrom(await look(), after);
      if (left) return { verdict: 'wrong', said: `run again: ${left}; before: ${told}` };
      return problems.length === 0
        ? { verdict: 'recovered', said: '' }
        : { verdict: 'clear error', said: told };
    },
    async stop() {
      await proxy.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Runs a command as main.ts does, and gives its problems. */
async function command(folder: string, given: Readonly<Record<string, string>>): Promise<readonly Problem[]> {
  const host: Host = {
    log: lines(),
    workspace: folder,
    env: process.env,
    signal: new AbortController().signal,
    event: eventContext({}, undefined),
    progress: undefined,
    confirm: async () => true,
    background: true,
  };
  try {
    const inputs = await parseInputs((name) => given[name], inputContext(folder, '.'));
    const { ok, report } = await runCommand(inputs, host);
    if (ok) return [];
    return report?.stacks.flatMap(({ failure }) => failure ?? []) ?? [{ message: 'failed without a reason' }];
  } catch (error) {
    return (await failureText(error, process.cwd())).problems;
  }
}

/** A stack is what it was, what it should be, or CloudFormation is still at it; in none of them is it a mixture. */
function halfDone(
  { status, versions }: Deployed,
  before: Version | undefined,
  after: Version | undefined,
): string | undefined {
  const atRest = /^(absent|REVIEW_IN_PROGRESS|(CREATE|UPDATE)_COMPLETE)$/.test(status);
  const fine =
    /_IN_PROGRESS$/.test(status) ||
    (atRest && [before, after].some((each) => (each ? isVersion(versions, each) : versions.length === 0)));
  return fine ? undefined : `half done: ${status} ${versions}`;
}

/** An error that names what failed, why, and the next step, in one line. */
function unclear(problems: readonly Problem[]): string | undefined {
  const bad = problems.find(
    ({ message, next }) =>
      !next || /log-level: debug/.test(next) || message.length < 20 || /\n/.test(message),
  );
  return bad && `unclear: ${problemLine(bad)}`;
}
