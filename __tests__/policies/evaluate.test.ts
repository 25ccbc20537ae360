import { expect, it } from '@jest/globals';
import { evaluate } from '../../src/policies/evaluate.ts';
import type { JsonObject } from '../../src/template/types.ts';

const ARN = 'arn:aws:sqs:eu-central-1:123456789012:orders-Queue-1';
const allow = (more: JsonObject): JsonObject => ({
  Effect: 'Allow',
  Action: 'sqs:*',
  Resource: '*',
  ...more,
});
const deny = (more: JsonObject): JsonObject => ({ ...allow(more), Effect: 'Deny' });
const verdict = (statements: JsonObject[], resource = ARN, boundary?: JsonObject[]) =>
  evaluate(
    {
      policies: [{ name: 'own', document: { Statement: statements } }],
      boundary: boundary && { name: 'boundary', document: { Statement: boundary } },
    },
    'sqs:CreateQueue',
    resource,
  );
const IF = { StringEquals: { 'aws:RequestTag/team': 'orders' } };

it.each([
  ['nothing', [], 'denied'],
  ['an action', [allow({ Action: ['sns:*', 'sqs:createqueue'] })], 'allowed'],
  ['another action', [allow({ Action: 'sqs:DeleteQueue' })], 'denied'],
  ['all other actions', [{ Effect: 'Allow', NotAction: 'sqs:*', Resource: '*' }], 'denied'],
  ['another resource', [allow({ Resource: 'arn:aws:sqs:*:*:payments-*' })], 'denied'],
  ['a pattern', [allow({ Resource: 'arn:aws:sqs:*:123456789012:orders-????*' })], 'allowed'],
  [
    'all other resources',
    [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:sqs:*:*:orders-*' }],
    'denied',
  ],
  ['a condition', [allow({ Condition: IF })], 'unknown'],
  ['a condition, and none', [allow({ Condition: IF }), allow({})], 'allowed'],
  ['a denial', [allow({}), deny({ Action: 'sqs:Create*' })], 'denied'],
  ['a denial with a condition', [allow({}), deny({ Condition: IF })], 'unknown'],
  ['a denial of others', [allow({}), deny({ Resource: 'arn:aws:sqs:*:*:payments-*' })], 'allowed'],
  ['a variable', [allow({ Resource: 'arn:aws:sqs:*:*:${aws:PrincipalTag/team}-*' })], 'unknown'],
] as const)('judges a role that is allowed %s', (_what, statements, expected) => {
  expect(verdict([...statements])).toBe(expected);
});

it('takes nothing for allowed that a pattern covers in part only', () => {
  const open = 'arn:aws:sqs:eu-central-1:123456789012:orders-*';
  expect(verdict([allow({ Resource: 'arn:aws:sqs:*:*:orders-Queue-*' })], open)).toBe('unknown');
  expect(verdict([allow({ Resource: 'arn:aws:sqs:*:*:orders-?' })], open)).toBe('unknown');
  expect(verdict([allow({}), deny({ Resource: 'arn:aws:sqs:*:*:orders-secret' })], open)).toBe('unknown');
  expect(verdict([allow({ Resource: 'arn:aws:sqs:*:*:orders*' })], open)).toBe('allowed');
});

it('asks for what takes no ARN on everything', () => {
  expect(verdict([allow({})], '*')).toBe('allowed');
  expect(verdict([allow({ Resource: ARN })], '*')).toBe('denied');
});

it('lets a boundary only take away', () => {
  expect(verdict([allow({})], ARN, [allow({ Action: 'sns:*' })])).toBe('denied');
  expect(verdict([], ARN, [allow({})])).toBe('denied');
  expect(verdict([allow({})], ARN, [allow({ Condition: IF })])).toBe('unknown');
  expect(verdict([allow({})], ARN, [allow({}), deny({})])).toBe('denied');
});
