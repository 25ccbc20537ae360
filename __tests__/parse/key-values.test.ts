import { describe, expect, it } from '@jest/globals';
import { parseKeyValues } from '../../src/parse/key-values.ts';

const parse = (text: string) => parseKeyValues(text, { what: 'parameters' });

describe('every way of writing a map', () => {
  it.each<[string, string, Record<string, string>]>([
    ['a YAML map', 'Stage: prod\nCount: 3\nOn: true', { Stage: 'prod', Count: '3', On: 'true' }],
    [
      'digits as they are',
      'Account: 0123456789012\nVersion: 1.10',
      { Account: '0123456789012', Version: '1.10' },
    ],
    ['a JSON map', '{"Stage": "prod", "List": ["a", "b"]}', { Stage: 'prod', List: 'a,b' }],
    [
      'lines',
      '# note\nStage=prod\nUrl=https://x/?a=b,c\nQuoted="a b"\n',
      { Stage: 'prod', Url: 'https://x/?a=b,c', Quoted: 'a b' },
    ],
    ['a list for parameters', '[{"ParameterKey": "A", "ParameterValue": "1"}]', { A: '1' }],
    ['a list for tags', '- Key: team\n  Value: orders\n', { team: 'orders' }],
    ['a file with Parameters', '{"Parameters": {"A": "1"}}', { A: '1' }],
    ['strings in a list', '["A=1", "B=2"]', { A: '1', B: '2' }],
    ['an empty value', 'A:\n', { A: '' }],
    ['nothing', '# only a comment\n', {}],
  ])('%s', async (_, text, values) => {
    expect(await parse(text)).toEqual({ values, keep: [] });
  });

  it('keeps previous values where that is asked for', async () => {
    const text =
      '[{"ParameterKey": "A", "UsePreviousValue": true}, {"ParameterKey": "B", "ParameterValue": "2"}]';
    expect(await parse(text)).toEqual({ values: { B: '2' }, keep: ['A'] });
  });
});

describe('what is not understood', () => {
  it.each<[string, string, RegExp]>([
    ['a map as value', 'A: { b: 1 }', /A has to be a text/],
    ['a list without keys', '[{"Name": "x"}]', /entry 1 has neither ParameterKey nor Key/],
    ['a key twice in a list', '[{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]', /a is given twice/],
    ['a plain word', '"word"', /give a map/],
    ['bad YAML', 'A: [1', /bad YAML.*input parameters:1/],
  ])('%s', async (_, text, says) => {
    await expect(parse(text)).rejects.toThrow(says);
  });
});
