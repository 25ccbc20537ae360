import { expect, it } from '@jest/globals';
import { issuerOf, subjectOf } from '../../src/policies/trust.ts';

const old = { owner: 'acme', name: 'orders', ids: undefined, host: 'github.com' };
const made = { ...old, ids: { owner: 12, repository: 345 } };

it.each([
  [old, { kind: 'pull request' }, 'repo:acme/orders:pull_request'],
  [old, { kind: 'branch', branch: 'main' }, 'repo:acme/orders:ref:refs/heads/main'],
  [old, { kind: 'environment', environment: 'production' }, 'repo:acme/orders:environment:production'],
  [made, { kind: 'pull request' }, 'repo:acme@12/orders@345:pull_request'],
  [made, { kind: 'branch', branch: 'a/b' }, 'repo:acme@12/orders@345:ref:refs/heads/a/b'],
] as const)('trusts the exact subject of a run', (repository, run, subject) => {
  expect(subjectOf(repository, run)).toBe(subject);
});

it.each([
  ['github.com', 'token.actions.githubusercontent.com'],
  ['acme.ghe.com', 'token.actions.acme.ghe.com'],
  ['github.acme.example', 'github.acme.example/_services/token'],
])('takes tokens of %s from where they come', (host, issuer) => {
  expect(issuerOf({ host })).toBe(issuer);
});
