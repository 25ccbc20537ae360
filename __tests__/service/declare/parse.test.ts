import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { parseService } from '../../../src/service/parse.ts';
import type { Service } from '../../../src/service/types.ts';
import { everyApi } from './every-api.ts';
import { everyEvent } from './every-event.ts';

const file = resolve(import.meta.dirname, '../../../src/service/service.schema.json');
const validate = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(readFileSync(file, 'utf8')));

it.each<[string, Service]>([
  ['event', everyEvent],
  ['API', everyApi],
])('every kind of %s passes the checks, and those of editors', (_, service) => {
  expect(parseService(service)).toEqual({ service });
  validate(service);
  expect(validate.errors).toBeNull();
});

const withEvent = (event: object) => ({ name: 'a', functions: { f: { handler: 'f.ts', events: [event] } } });
const withApi = (api: object) => ({ name: 'a', apis: { shop: api } });

it.each<[string, unknown, string]>([
  ['an unknown kind of event', withEvent({ kind: 's4' }), 'functions.f.events.0.kind'],
  ['an event without its source', withEvent({ kind: 'sqs' }), 'functions.f.events.0'],
  [
    'a field of another kind',
    withEvent({ kind: 'sns', topic: 'T', batchSize: 1 }),
    'functions.f.events.0.batchSize',
  ],
  [
    'a batch that is too large',
    withEvent({ kind: 'sqs', queue: 'Q', batchSize: 10_001 }),
    'functions.f.events.0.batchSize',
  ],
  [
    'a schedule that is none',
    withEvent({ kind: 'rule', schedule: 'daily' }),
    'functions.f.events.0.schedule',
  ],
  [
    'a route without a method',
    withApi({ kind: 'http', routes: { '/orders': 'f' } }),
    'apis.shop.routes./orders',
  ],
  ['an unknown kind of API', withApi({ kind: 'soap', routes: {} }), 'apis.shop.kind'],
  ['a site without a folder', { name: 'a', sites: { web: {} } }, 'sites.web'],
])('%s is told with its place', (_, value, path) => {
  const parsed = parseService(value);
  const faults = 'faults' in parsed ? parsed.faults : [];
  expect(faults.map((fault) => fault.path.join('.'))).toEqual([path]);
  expect(validate(value)).toBe(false);
});
