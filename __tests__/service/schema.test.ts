import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { referenceSchema, schemaText } from '../../scripts/schema.ts';
import { REFERENCE, serviceReference } from '../../scripts/service-reference.ts';
import { parseService } from '../../src/service/parse.ts';

const file = resolve(import.meta.dirname, '../../src/service/service.schema.json');
const schema = JSON.parse(readFileSync(file, 'utf8'));
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

it('the published schema is what the validator says', () => {
  expect(readFileSync(file, 'utf8')).toBe(schemaText());
});

const hello = { handler: 'hello.ts' };
const withFunction = (more: object) => ({ name: 'a', functions: { hello: { ...hello, ...more } } });

describe('schema and validator agree', () => {
  it.each<[string, boolean, unknown]>([
    ['the smallest service', true, { name: 'a' }],
    ['a $schema', true, { $schema: 'x', name: 'a' }],
    ['no name', false, {}],
    ['a name with a space', false, { name: 'a b' }],
    ['a list', false, []],
    ['an unknown field', false, { name: 'a', function: {} }],
    ['a function', true, withFunction({})],
    ['memory', true, withFunction({ memory: 128 })],
    ['memory out of range', false, withFunction({ memory: 64 })],
    ['memory as text', false, withFunction({ memory: '128' })],
    ['a timeout of 2 hours', false, withFunction({ timeout: 7200 })],
    ['an intrinsic function', true, withFunction({ layers: [{ Ref: 'Layer' }] })],
    ['two keys are no intrinsic function', false, withFunction({ layers: [{ Ref: 'Layer', x: 1 }] })],
    ['six layers', false, withFunction({ layers: ['a', 'b', 'c', 'd', 'e', 'f'] })],
    ['a URL', true, withFunction({ url: { auth: 'none', cors: { origins: ['*'], maxAge: 60 } } })],
    ['a URL that is on', true, withFunction({ url: true })],
    ['an unknown way of calling a URL', false, withFunction({ url: { auth: 'some' } })],
    ['a build', true, withFunction({ build: { kind: 'python', requirements: false } })],
    ['a build of no kind', false, withFunction({ build: { directory: 'x' } })],
    ['a field of another build', false, withFunction({ build: { kind: 'python', minify: true } })],
    ['an environment', true, withFunction({ environment: { AB: 1, CD: 'x', EF: { Ref: 'G' }, GH: true } })],
    ['a bad name of a variable', false, withFunction({ environment: { '1A': 'x' } })],
    ['a role', true, withFunction({ role: { privileges: [{ actions: ['s3:GetObject'], resource: '*' }] } })],
    [
      'a role without actions',
      false,
      withFunction({ role: { privileges: [{ actions: [], resource: '*' }] } }),
    ],
    ['retention that Logs does not take', false, withFunction({ logging: { retention: 2 } })],
    ['hooks as commands', true, { name: 'a', hooks: { preBuild: 'make', rollback: ['a', 'b'] } }],
    ['an unknown hook', false, { name: 'a', hooks: { before: 'make' } }],
    ['resources', true, { name: 'a', resources: { Topic: { Type: 'AWS::SNS::Topic' } } }],
    ['a resource without type', false, { name: 'a', resources: { Topic: {} } }],
    ['a bad logical ID', false, { name: 'a', resources: { 'To-pic': { Type: 'AWS::SNS::Topic' } } }],
    ['an output', true, { name: 'a', outputs: { A: { Value: { Ref: 'AWS::Region' } } } }],
    ['tags that are no text', false, { name: 'a', tags: { a: 1 } }],
  ])('%s', (_, good, value) => {
    expect(validate(value)).toBe(good);
    expect('service' in parseService(value)).toBe(good);
  });
});

it('docs/service.md lists every field', () => {
  const text = readFileSync(REFERENCE, 'utf8');
  expect(text).toBe(serviceReference(text, referenceSchema()));
});
