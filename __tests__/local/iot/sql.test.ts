/** The SQL of rules of AWS IoT, as far as it is served. */
import { describe, expect, it } from '@jest/globals';
import { parseTopicSql } from '../../../src/local/iot/sql.ts';

const payload = { temperature: 31, place: { room: 'a' }, ok: false };
const made = (sql: string, topic = 'devices/d1/state') => parseTopicSql(sql)({ topic, payload, at: 7 });

describe('what a rule makes of a message', () => {
  it.each([
    ["SELECT * FROM 'devices/+/state'", payload],
    ["select * from 'devices/#' where temperature > 30", payload],
    ["SELECT temperature FROM 'devices/#'", { temperature: 31 }],
    ["SELECT place.room, temperature AS t FROM '#'", { room: 'a', t: 31 }],
    [
      "SELECT *, topic(2) AS device, topic() AS topic, timestamp() AS at, 'x' AS y FROM '#'",
      { ...payload, device: 'd1', topic: 'devices/d1/state', at: 7, y: 'x' },
    ],
    ["SELECT none FROM '#'", {}],
  ])('%s', (sql, expected) => {
    expect(made(sql)).toEqual(expected);
  });

  it('keeps fields whatever they are called', () => {
    const strange = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}');
    const all = parseTopicSql("SELECT *, topic() AS t FROM '#'")({ topic: 'x', payload: strange, at: 7 });
    expect(JSON.stringify(all)).toBe('{"__proto__":{"a":1},"constructor":2,"t":"x"}');
    const one = parseTopicSql("SELECT __proto__ FROM '#'")({ topic: 'x', payload: strange, at: 7 });
    expect(JSON.stringify(one)).toBe('{"__proto__":{"a":1}}');
  });

  it.each([
    "SELECT * FROM 'devices/+'",
    "SELECT * FROM 'devices/d2/state'",
    "SELECT * FROM 'devices/d1/state/#'",
    "SELECT * FROM '#' WHERE temperature > 31",
    "SELECT * FROM '#' WHERE temperature >= 31 AND ok",
    "SELECT * FROM '#' WHERE NOT (temperature = 31 OR ok)",
    "SELECT * FROM '#' WHERE none <> 1",
    "SELECT * FROM '#' WHERE topic(2) = 'd2'",
  ])('nothing: %s', (sql) => {
    expect(made(sql)).toBeUndefined();
  });

  it('joins conditions as SQL does', () => {
    expect(made("SELECT * FROM '#' WHERE ok OR place.room = 'a' AND NOT ok")).toEqual(payload);
  });
});

it.each([
  'SELECT *',
  'FROM x',
  "SELECT aws_lambda('x') FROM '#'",
  "SELECT * FROM '#' WHERE a IN [1]",
  "SELECT a + 1 AS b FROM '#'",
])('refuses %s', (sql) => {
  expect(() => parseTopicSql(sql)).toThrow(SyntaxError);
});

it.each([
  ['SELECT *', 'FROM is missing (SELECT *)'],
  ["SELECT a * 2 AS b FROM '#'", "* is not served here (SELECT a * 2 AS b FROM '#')"],
])('says what of %s', (sql, words) => {
  expect(() => parseTopicSql(sql)).toThrow(words);
});
