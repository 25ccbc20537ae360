import { expect, it } from '@jest/globals';
import { matchRoute } from '../../../src/local/http-api/match.ts';
import type { Api, Route } from '../../../src/local/http-api/route.ts';
import { routeKey } from '../../../src/local/http-api/routes/http-routes.ts';

function routes(kind: Api['kind'], keys: readonly string[]): Route[] {
  const api: Api = { kind, logicalId: 'Api', stage: '$default', stageVariables: {}, binaryMediaTypes: [] };
  return keys.map((key) => ({
    api,
    ...routeKey(key),
    target: { kind: 'unsupported', reason: key },
    payloadVersion: '2.0',
  }));
}

// The examples of https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
const documented = [
  'GET /pets/dog/1',
  'GET /pets/dog/{id}',
  'GET /pets/{proxy+}',
  'ANY /{proxy+}',
  '$default',
];

it.each([
  ['GET', '/pets/dog/1', 'GET /pets/dog/1'],
  ['GET', '/pets/dog/2', 'GET /pets/dog/{id}'],
  ['GET', '/pets/cat/1', 'GET /pets/{proxy+}'],
  ['POST', '/test/5', 'ANY /{proxy+}'],
  ['POST', '/pets/dog/1', 'ANY /{proxy+}'],
  ['GET', '/', '$default'],
])('HTTP API: %s %s is answered by %s', (method, path, expected) => {
  expect(matchRoute(routes('http', documented), method, path)?.route.target).toMatchObject({
    reason: expected,
  });
});

it.each([
  ['GET', '/a/b', ['ANY /a/b', 'GET /a/b'], 'GET /a/b'],
  ['POST', '/a/b', ['ANY /a/b', 'GET /a/b'], 'ANY /a/b'],
  ['GET', '/a/b', ['GET /{x}/b', 'GET /a/{y}'], 'GET /a/{y}'],
  ['POST', '/a', ['GET /a', 'POST /{proxy+}'], undefined],
  ['POST', '/a', ['GET /{x}', 'POST /{y}'], 'POST /{y}'],
  ['GET', '/', ['GET /{proxy+}'], undefined],
  ['GET', '/a/', ['GET /a'], 'GET /a'],
])('REST: %s %s among %j is answered by %s', (method, path, keys, expected) => {
  const found = matchRoute(routes('rest', keys), method, path)?.route.target;
  expect(found?.kind === 'unsupported' ? found.reason : undefined).toBe(expected);
});

it('keeps the values of variables as they were sent', () => {
  expect(matchRoute(routes('http', ['GET /{a}/x/{b+}']), 'GET', '/1%2F2/x/3/4')?.parameters).toEqual({
    a: '1%2F2',
    b: '3/4',
  });
});
