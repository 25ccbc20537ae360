import { expect, it } from '@jest/globals';
import { routeLine, routesInWords } from '../../../src/commands/local/routes-in-words.ts';
import type { Api, Route, RouteTarget } from '../../../src/local/http-api/route.ts';

const api = (logicalId: string): Api => ({
  kind: 'rest',
  logicalId,
  stage: 'v1',
  stageVariables: {},
  binaryMediaTypes: [],
});
const route = (of: Api, path: string, target: RouteTarget): Route => ({
  api: of,
  method: 'GET',
  path,
  target,
  payloadVersion: '1.0',
});
const none: RouteTarget = { kind: 'unsupported', reason: 'a VPC link' };

it('tells every route, also those without a function', () => {
  const only = api('Api');
  const routes = [
    route(only, '/a', { kind: 'function', logicalId: 'Work' }),
    route(only, '/b', none),
    route(only, '$default', none),
  ];
  expect(routesInWords(routes).map(routeLine)).toEqual([
    'GET    /a -> Work',
    'GET    /b -> not emulated: a VPC link',
    'GET    /* -> not emulated: a VPC link',
  ]);
});

it('tells them apart by the names of their APIs, where there are several', () => {
  const routes = ['One', 'Two'].map((name) => route(api(name), '/a', none));
  expect(routesInWords(routes).map(({ prefix }) => prefix)).toEqual(['/One', '/Two']);
});
