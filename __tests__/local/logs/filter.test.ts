/** Filter patterns of CloudWatch Logs; what is taken follows the examples of its user guide. */
import { describe, expect, it } from '@jest/globals';
import { parseLogFilter } from '../../../src/local/logs/filter.ts';

const takes = (pattern: string, message: unknown): boolean =>
  parseLogFilter(pattern)(typeof message === 'string' ? message : JSON.stringify(message)) !== undefined;

describe('terms', () => {
  it.each([
    ['', 'anything', true],
    ['ERROR', '[ERROR 400] BAD REQUEST', true],
    ['ERROR', 'error', false],
    ['ERROR ARGUMENTS', '[ERROR] too few ARGUMENTS', true],
    ['ERROR ARGUMENTS', '[ERROR] too few', false],
    ['"INTERNAL SERVER ERROR"', '500 INTERNAL SERVER ERROR', true],
    ['"INTERNAL SERVER ERROR"', '500 SERVER INTERNAL ERROR', false],
    ['?ERROR ?WARN', 'WARN it', true],
    ['?ERROR ?WARN', 'INFO it', false],
    ['ERROR -EXITING', 'ERROR then', true],
    ['ERROR -EXITING', 'ERROR and EXITING', false],
    ['%AUTHORIZED|REFUSED%', 'was REFUSED', true],
    ['"say \\"hi\\""', 'they say "hi"', true],
  ])('%s of %s: %s', (pattern, message, expected) => {
    expect(takes(pattern, message)).toBe(expected);
  });
});

describe('JSON', () => {
  const event = {
    eventType: 'UpdateTrail',
    sourceIPAddress: '111.111.111.111',
    arrayKey: ['value', 'another value'],
    objectList: [
      { name: 'a', id: 1 },
      { name: 'b', id: 2 },
    ],
    SomeObject: null,
    ThisFlag: true,
    bandwidth: 1.5e3,
    'a.b': 'dotted',
  };
  it.each([
    ['{ $.eventType = "UpdateTrail" }', true],
    ['{ $.eventType = UpdateTrail }', true],
    ['{ $.eventType = "Update*" }', true],
    ['{ $.eventType = %Trail$% }', true],
    ['{ $.sourceIPAddress != 123.123.* }', true],
    ['{ $.sourceIPAddress != 111.* }', false],
    ['{ $.none != "x" }', false],
    ['{ $.arrayKey[0] = "value" }', true],
    ['{ $.arrayKey[*] = "another*" }', true],
    ['{ $.objectList[1].id = 2 }', true],
    ['{ $.objectList[*].id > 1 }', true],
    ['{ $.SomeObject IS NULL }', true],
    ['{ $.eventType IS NULL }', false],
    ['{ $.ThisFlag IS TRUE }', true],
    ['{ $.none NOT EXISTS }', true],
    ['{ $.eventType NOT EXISTS }', false],
    ['{ $.bandwidth >= 1500 && $.bandwidth < 1.6e3 }', true],
    ['{ ($.bandwidth = 1 || $.ThisFlag IS TRUE) && $.eventType = "*" }', true],
    ["{ $.['a.b'] = dotted }", true],
  ])('%s', (pattern, expected) => {
    expect(takes(pattern, event)).toBe(expected);
  });

  it('is not what is no JSON', () => {
    expect(takes('{ $.a = 1 }', 'a = 1')).toBe(false);
  });
});

describe('fields between spaces', () => {
  const line = '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /apache_pb.gif HTTP/1.0" 404 1534';
  it.each([
    ['[ip, id, user, at, request, status_code, size]', true],
    ['[ip, id, user, at, request, status_code = 4*, size > 1000]', true],
    ['[ip, id, user, at, request, status_code = 404 || status_code = 410, size]', true],
    ['[ip, id, user, at, request = "GET*", status_code, size <= 10]', false],
    ['[ip, ..., size]', true],
    ['[..., status_code = 5*, size]', false],
    ['[ip]', false],
  ])('%s', (pattern, expected) => {
    expect(takes(pattern, line)).toBe(expected);
  });

  it('are told by their names', () => {
    expect(parseLogFilter('[ip, ..., status_code = 4*, size]')(line)).toEqual({
      fields: { ip: '127.0.0.1', status_code: '404', size: '1534' },
    });
  });
});

it.each(['{ $.a = }', '{ $.a = 1 && }', '{ ($.a = 1 }', '{ $.a = 1 $.b }', '{ $.a IS MAYBE }', '%(%'])(
  'refuses %s',
  (pattern) => {
    expect(() => parseLogFilter(pattern)).toThrow(SyntaxError);
  },
);
