import { expect, it } from '@jest/globals';
import { evaluatePolicy } from '../../../src/local/http-api/policy.ts';

const arn = 'arn:aws:execute-api:us-east-1:123456789012:api/prod/GET/orders/1';
const allow = (Resource: string | string[], Action: string | string[] = 'execute-api:Invoke') => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const deny = (Resource: string) => ({ Effect: 'Deny', Action: '*', Resource });

it.each([
  [[allow(arn)], 'allow'],
  [[allow('*')], 'allow'],
  [[allow('arn:aws:execute-api:*:*:*/prod/GET/*')], 'allow'],
  [[allow(['nothing', arn])], 'allow'],
  [[allow(arn, ['execute-api:*'])], 'allow'],
  [[allow('arn:aws:execute-api:us-east-1:123456789012:api/prod/GET/orders/?')], 'allow'],
  [[allow(arn, 'lambda:Invoke')], 'deny'],
  [[allow('arn:aws:execute-api:*:*:*/prod/POST/*')], 'deny'],
  [[allow(arn.slice(0, -1))], 'deny'],
  [[allow(arn), deny('*')], 'explicit-deny'],
  [[deny(arn), allow(arn)], 'explicit-deny'],
  [[{ ...allow(arn), Condition: { IpAddress: {} } }], 'deny'],
  [[{ ...deny('nothing'), NotResource: 'x' }], 'explicit-deny'],
  [[], 'deny'],
] as const)('%j is %s', (statements, expected) => {
  expect(evaluatePolicy({ Statement: structuredClone(statements) as never }, arn)).toBe(expected);
});

it('takes a single statement, and denies without any', () => {
  expect(evaluatePolicy({ Statement: allow(arn) }, arn)).toBe('allow');
  expect(evaluatePolicy(undefined, arn)).toBe('deny');
});
