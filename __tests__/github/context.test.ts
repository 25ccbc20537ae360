import { describe, expect, it } from '@jest/globals';
import { eventContext } from '../../src/github/context.ts';
import {
  mergeGroupEvent,
  pullRequestEvent,
  pullRequestTargetEvent,
  pushEvent,
} from '../support/github-event.ts';

const env = {
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REPOSITORY: 'acme/orders',
  GITHUB_SERVER_URL: 'https://github.example.com',
  GITHUB_API_URL: 'https://github.example.com/api/v3',
  GITHUB_RUN_ID: '42',
  GITHUB_SHA: 'merge',
  GITHUB_WORKFLOW: 'Deploy',
};
const pullRequest = (from: string) => ({
  pull_request: {
    number: 7,
    head: { sha: 'head', repo: { full_name: from } },
    base: { sha: 'base', repo: { full_name: 'acme/orders' } },
  },
});

describe('the event', () => {
  it.each([
    ['push', false],
    ['pull_request', true],
    ['pull_request_target', true],
    ['merge_group', true],
    ['workflow_dispatch', false],
  ])('%s previews: %s', (name, isPreview) => {
    expect(eventContext({ ...env, GITHUB_EVENT_NAME: name }, {})).toMatchObject({ name, isPreview });
  });

  it('of a pull request has its head as the commit that people know', () => {
    expect(eventContext(env, pullRequest('acme/orders'))).toMatchObject({
      sha: 'head',
      pullRequest: { number: 7, headSha: 'head', baseSha: 'base', isFork: false },
      runUrl: 'https://github.example.com/acme/orders/actions/runs/42',
      apiUrl: 'https://github.example.com/api/v3',
    });
  });

  it('knows forks, deleted ones included', () => {
    expect(eventContext(env, pullRequest('stranger/orders')).pullRequest?.isFork).toBe(true);
    const gone = { pull_request: { ...pullRequest('').pull_request, head: { sha: 'head', repo: null } } };
    expect(eventContext(env, gone).pullRequest?.isFork).toBe(true);
  });

  it.each([undefined, null, 'text', [], { pull_request: null }, { pull_request: { number: 'x' } }])(
    'may have any payload: %j',
    (payload) => {
      expect(eventContext(env, payload)).toMatchObject({ pullRequest: undefined, sha: 'merge' });
    },
  );

  it.each([
    [pullRequestEvent(7, { headSha: 'head', baseSha: 'base' }), 'head', 'base', 7],
    [pullRequestTargetEvent(7, { headSha: 'head', baseSha: 'base', fork: true }), 'head', 'base', 7],
    [mergeGroupEvent(7, { headSha: 'merge', baseSha: 'base' }), 'merge', 'base', undefined],
    [pushEvent('merge', 'before'), 'merge', undefined, undefined],
  ])('compares with its base: %j', ({ name, payload }, sha, baseSha, number) => {
    const event = eventContext({ ...env, GITHUB_EVENT_NAME: name }, payload);
    expect(event).toMatchObject({ name, sha, baseSha });
    expect(event.pullRequest?.number).toBe(number);
  });

  it('is none outside of GitHub', () => {
    expect(eventContext({}, undefined)).toMatchObject({
      name: undefined,
      isPreview: false,
      repository: undefined,
      runUrl: undefined,
    });
  });
});
