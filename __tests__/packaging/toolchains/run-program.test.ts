import { describe, expect, it } from '@jest/globals';
import { isRunning } from '../../../src/local/server/is-running.ts';
import { programEnvironment } from '../../../src/packaging/inputs/variables.ts';
import { runProgram } from '../../../src/packaging/toolchains/run-program.ts';
import { until } from '../../support/eventually.ts';
import { memoryLog } from '../support.ts';

const options = () => ({
  directory: '/',
  env: process.env,
  log: memoryLog(),
  signal: new AbortController().signal,
});

describe('runProgram', () => {
  it('gives what was printed and how it ended, and logs both', async () => {
    const asked = options();
    const script = 'cat; printf "ä\\nlast" >&2; exit 3';
    expect(await runProgram(['sh', '-c', script], { ...asked, input: 'in' })).toEqual({
      code: 3,
      stdout: 'in',
      stderr: 'ä\nlast',
    });
    expect(asked.log.lines).toEqual(
      expect.arrayContaining([`debug /$ sh -c '${script}'`, 'debug in', 'debug ä', 'debug last']),
    );
  });

  it('says what to do when there is no such program', async () => {
    await expect(runProgram(['no-such-program'], { ...options(), missing: 'Install it.' })).rejects.toThrow(
      'no-such-program was not found. Install it.',
    );
  });

  it('ends everything that the program started, when told to', async () => {
    const stop = new AbortController();
    const log = memoryLog();
    const running = runProgram(['sh', '-c', 'trap "" TERM; sleep 1000 & echo $!; wait; wait'], {
      ...options(),
      log,
      signal: stop.signal,
    });
    await until(() => log.lines.length >= 2);
    const grandchild = Number(log.lines[1]?.replace('debug ', ''));
    expect(isRunning(grandchild)).toBe(true);
    stop.abort(new Error('cancelled'));
    await expect(running).rejects.toThrow('cancelled');
    await until(() => !isRunning(grandchild));
  });

  it('starts nothing after the end was asked for', async () => {
    await expect(
      runProgram(['true'], { ...options(), signal: AbortSignal.abort(new Error('cancelled')) }),
    ).rejects.toThrow('cancelled');
  });
});

describe('programEnvironment', () => {
  it('keeps the tokens and files of the action to itself', () => {
    const env = {
      PATH: '/bin',
      INPUT_TOKEN: 'x',
      'INPUT_S3-BUCKET': 'x',
      ACTIONS_RUNTIME_TOKEN: 'x',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x',
      GITHUB_TOKEN: 'x',
      GITHUB_OUTPUT: 'x',
      GITHUB_SHA: 'abc',
      GOFLAGS: undefined,
    };
    expect(programEnvironment(env, { STAGE: 'prod' })).toEqual({
      PATH: '/bin',
      GITHUB_SHA: 'abc',
      STAGE: 'prod',
    });
  });

  it('passes on what is asked for', () => {
    expect(programEnvironment({ GITHUB_TOKEN: 'x' }, { GITHUB_TOKEN: 'y' })).toEqual({ GITHUB_TOKEN: 'y' });
  });
});
