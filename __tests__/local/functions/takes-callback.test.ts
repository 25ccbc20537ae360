import { expect, it } from '@jest/globals';
import { takesCallback } from '../../../src/local/functions/takes-callback.ts';

it.each([
  ['exports.handler = function (event, context, callback) { callback(null, 1); };', true],
  ['exports.handler = (event, context, callback) => callback(null, 1);', true],
  ['module.exports.handler = async function named(event, context, done) {}', true],
  ['export function handler(event, context, callback) {}', true],
  ['export const handler = ({ a, b }, context, callback) => {}', true],
  ['var handler = (event, _context, cb) => {\n};\nexport { handler };', true],
  ['exports.handler = async (event, context) => 1;', false],
  ['exports.handler = async ({ a, b, c }, [d, e, f]) => 1;', false],
  ['exports.handler = (event, context, callback = undefined) => 1;', false],
  ['exports.handler = (event, context, ...rest) => 1;', false],
  ['exports.handler = awslambda.streamifyResponse(async (event, stream, context) => {});', false],
  ['exports.other = (event, context, callback) => 1; exports.handler = async () => 1;', false],
  ['exports.myhandler = (event, context, callback) => 1;', false],
])('%s', (code, expected) => {
  expect(takesCallback(code, 'handler')).toBe(expected);
});
