import { describe, expect, it } from '@jest/globals';
import { buildEnvironment, seenVariables } from '../../../src/packaging/inputs/variables.ts';

const runner = (workspace: string, run: string) => ({
  PATH: `${workspace}/node_modules/.bin:/usr/bin`,
  HOME: '/home/runner',
  CI: 'true',
  STAGE: 'prod',
  GITHUB_ACTIONS: 'true',
  GITHUB_REPOSITORY: 'acme/orders',
  GITHUB_WORKSPACE: workspace,
  GITHUB_SHA: run,
  GITHUB_RUN_ID: run,
  GITHUB_TOKEN: 'secret',
  RUNNER_NAME: run,
  RUNNER_OS: 'Linux',
  RUNNER_TEMP: `/home/runner/${run}`,
  TMP_FILES: `/home/runner/${run}/x`,
  HOSTNAME: run,
  INPUT_STAGE: 'prod',
  ACTIONS_RUNTIME_TOKEN: 'secret',
  AWS_SESSION_TOKEN: run,
  PIP_INDEX_URL: `https://aws:${run}@example.com/simple`,
});

describe('the environment of a build', () => {
  it('has no secrets of the action, and what differs in each run only if it is named', () => {
    const env = buildEnvironment(runner('/w', '1'), { ADDED: 'x' }, new Set(['GITHUB_SHA', 'GITHUB_TOKEN']));
    expect(Object.keys(env).sort()).toEqual(
      [
        ...[
          'ADDED',
          'AWS_SESSION_TOKEN',
          'CI',
          'GITHUB_ACTIONS',
          'GITHUB_REPOSITORY',
          'GITHUB_SHA',
          'GITHUB_WORKSPACE',
        ],
        ...['HOME', 'PATH', 'PIP_INDEX_URL', 'RUNNER_OS', 'RUNNER_TEMP', 'STAGE', 'TMP_FILES'],
      ].sort(),
    );
  });

  it('counts the same in any workspace, home and run', () => {
    const one = seenVariables(runner('/w', '1'), '/w');
    expect(seenVariables(runner('/elsewhere/w', '2'), '/elsewhere/w')).toEqual(one);
    expect(one).toEqual({
      PATH: '<workspace>/node_modules/.bin:/usr/bin',
      CI: 'true',
      STAGE: 'prod',
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: 'acme/orders',
      GITHUB_WORKSPACE: '<workspace>',
      RUNNER_OS: 'Linux',
      TMP_FILES: '<temp>/x',
      PIP_INDEX_URL: 'https://example.com/simple',
    });
    expect(seenVariables({ STAGE: 'dev', GOFLAGS: '-x' }, '/w', /^GO/)).toEqual({ GOFLAGS: '-x' });
  });
});
