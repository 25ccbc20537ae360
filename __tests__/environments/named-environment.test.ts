import { describe, expect, it } from '@jest/globals';
import { isPerPullRequest, namedEnvironment } from '../../src/environments/named-environment.ts';
import { needsTags, originOf } from '../../src/environments/tags.ts';

const NOW = Date.UTC(2026, 10, 29);
const HOUR = 3_600_000;
const named = (pattern: string, branch = 'change', more: { expireAfter?: number; number?: number } = {}) =>
  namedEnvironment({
    pattern,
    repository: 'acme/orders',
    pullRequest: { number: more.number ?? 7, branch },
    commit: 'a'.repeat(40),
    run: '42/1',
    isolate: false,
    expireAfter: more.expireAfter,
    now: NOW,
  });

describe('the name of an environment', () => {
  it.each([
    ['pull-request', 'change', 'orders-pr-7'],
    ['review-{number}', 'change', 'orders-review-7'],
    ['{branch}', 'change', 'orders-change'],
    ['{branch}-{number}', 'change', 'orders-change-7'],
  ])('is made of %s on the branch %s: %s', (pattern, branch, stackName) => {
    expect(named(pattern, branch).stackName('orders')).toBe(stackName);
  });

  it('tells branches apart that look the same as names', () => {
    const names = ['feature/cart', 'feature-cart', 'Feature/Cart', 'féature/cart'].map(
      (branch) => named('{branch}', branch).name,
    );
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  it('is cut and hashed where it is too long, and stays another one for another pull request', () => {
    const base = 'a'.repeat(127);
    const one = named('pull-request').stackName(base);
    const other = named('pull-request', 'change', { number: 8 }).stackName(base);
    expect(one).toHaveLength(128);
    expect(one).toMatch(/^a{119}-[0-9a-f]{8}$/);
    expect(other).not.toBe(one);
    expect(named('{branch}', 'x'.repeat(200)).name).toMatch(/^x{15}-[0-9a-f]{8}$/);
    expect(named('pull-request').stackName('orders', 9).length).toBeLessThanOrEqual(10);
  });

  it('belongs to pull requests only where it says so', () => {
    expect(['pull-request', '{branch}', 'x{number}', 'production'].map(isPerPullRequest)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(
      namedEnvironment({
        pattern: 'production',
        repository: 'acme/orders',
        pullRequest: undefined,
        commit: '',
        run: '',
        isolate: false,
        expireAfter: HOUR,
        now: NOW,
      }),
    ).toMatchObject({ name: 'production', expires: undefined, pullRequest: undefined });
  });
});

describe('tags', () => {
  it('say where a stack comes from', () => {
    expect(originOf(named('pull-request', 'change', { expireAfter: HOUR }).tags)).toEqual({
      repository: 'acme/orders',
      environment: 'pr-7',
      pullRequest: 7,
      branch: 'change',
      commit: 'a'.repeat(40),
      run: '42/1',
      expires: NOW + HOUR,
    });
    expect(originOf({ team: 'orders' })).toBeUndefined();
  });

  it('leave out what a tag cannot hold', () => {
    expect(named('pull-request', 'fix/#12,a').tags).not.toHaveProperty('sparta:branch');
  });

  it('are written with the next change, unless the stack is not known or its time runs out', () => {
    const wanted = named('pull-request', 'change', { expireAfter: 4 * HOUR }).tags;
    const deployed = (hoursLeft: number) => ({
      ...wanted,
      'sparta:commit': 'b'.repeat(40),
      'sparta:expires': new Date(NOW + hoursLeft * HOUR).toISOString(),
    });
    expect(needsTags(wanted, deployed(3), NOW)).toBe(false);
    expect(needsTags(wanted, deployed(1), NOW)).toBe(true);
    expect(needsTags(wanted, {}, NOW)).toBe(true);
    expect(needsTags(named('pull-request').tags, named('pull-request').tags, NOW)).toBe(false);
  });
});
