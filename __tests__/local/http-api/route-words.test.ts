import { expect, it } from '@jest/globals';
import type { Api, Route, RouteTarget } from '../../../src/local/http-api/route.ts';
import { toldRoutes } from '../../../src/local/http-api/routes/route-words.ts';

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
  expect(toldRoutes(routes).map(({ path, isRest, target }) => [path, isRest, target])).toEqual([
    ['/a', false, 'Work'],
    ['/b', false, 'not emulated: a VPC link'],
    ['/', true, 'not emulated: a VPC link'],
  ]);
});

it('tells them apart by the names of their APIs, where there are several', () => {
  const routes = ['One', 'Two'].map((name) => route(api(name), '/a', none));
  expect(toldRoutes(routes).map(({ path }) => path)).toEqual(['/One/a', '/Two/a']);
});
