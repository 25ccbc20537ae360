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
    [
      'a comment after quotes',
      'A="x" # c\nB=\'y\' #d\nC="x" y\nD=#fff',
      { A: 'x', B: 'y', C: '"x" y', D: '#fff' },
    ],
    ['a mark of byte order', '\uFEFFA: 1', { A: '1' }],
    ['numbers as names in a list', '- Key: 0123\n  Value: x\n', { '0123': 'x' }],
    [
      'what describe-stacks prints',
      '[{"ParameterKey":"A","ParameterValue":"1","ResolvedValue":"2"}]',
      { A: '1' },
    ],
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

describe('the shorthand of AWS CLI', () => {
  it.each<[string, Record<string, string>]>([
    ['ParameterKey=A,ParameterValue=1 ParameterKey=B,ParameterValue=2', { A: '1', B: '2' }],
    ['ParameterKey=A,ParameterValue=1 \\\nParameterKey=B,ParameterValue=2', { A: '1', B: '2' }],
    [`'ParameterKey=A,ParameterValue=x y' "ParameterKey=B,ParameterValue=\\"z\\""`, { A: 'x y', B: 'z' }],
    ['Key=a,Value=1 Key=b,Value=2', { a: '1', b: '2' }],
    ['Value=1,Key=A', { A: '1' }],
    ['ParameterValue=1,ParameterKey=A ParameterValue=2,ParameterKey=B', { A: '1', B: '2' }],
    ['ParameterKey=A,ParameterValue=a\\,b', { A: 'a,b' }],
    ['ParameterKey=A,ParameterValue=a\\,ParameterKey=b', { A: 'a,ParameterKey=b' }],
    ['ParameterKey=A,ParameterValue=a,b', { A: 'a,b' }],
    ['ParameterKey=A,ParameterValue=https://x/?a=b,c=d', { A: 'https://x/?a=b,c=d' }],
    ['ParameterKey="A",ParameterValue="x y"', { A: 'x y' }],
    [`ParameterKey=A,ParameterValue="a \\"b\\", ParameterKey=c" # note`, { A: 'a "b", ParameterKey=c' }],
    ['parameterkey=A,parametervalue=x y', { A: 'x y' }],
    ['Key=my team,Value=', { 'my team': '' }],
    // One entry, whose value is not AWS CLI's: it goes on to the end.
    ['ParameterKey=A,ParameterValue="-Xmx1g" -Dfoo="bar"', { A: '"-Xmx1g" -Dfoo="bar"' }],
    ['ParameterKey=A,ParameterValue="a","b"', { A: '"a","b"' }],
    ['ParameterKey=A,ParameterValue="pa",s3cret=word"', { A: '"pa",s3cret=word"' }],
    ['Key=note,Value=a,Key=b', { note: 'a,Key=b' }],
    ['["ParameterKey=A,ParameterValue=1 ParameterKey=B,ParameterValue=2"]', { A: '1', B: '2' }],
    ['Key=a\nValue=b', { Key: 'a', Value: 'b' }],
  ])('%s', async (text, values) => {
    expect(await parse(text)).toEqual({ values, keep: [] });
  });

  it('takes an empty value beside UsePreviousValue for none', async () => {
    const text = '- ParameterKey: B\n  UsePreviousValue: true\n  ParameterValue:\n';
    expect(await parse(text)).toEqual({ values: {}, keep: ['B'] });
  });

  it('keeps previous values among others', async () => {
    const text =
      'ParameterKey=A,UsePreviousValue=true ParameterKey=B,ParameterValue=2,UsePreviousValue=false';
    expect(await parse(text)).toEqual({ values: { B: '2' }, keep: ['A'] });
  });

  it.each<[string, RegExp]>([
    [
      'ParameterKey=A,ParameterValue=1,UsePreviousValue=true',
      /\(A\) has both ParameterValue and UsePreviousValue: true/,
    ],
    ['ParameterKey=A,UsePreviousValue=maybe', /UsePreviousValue of the entry \(A\) has to be true or false/],
    ['ParameterKey=A,ParamaterValue=1', /\(A\) has the unknown key ParamaterValue.*Write ParameterValue/],
    ['ParameterKey=A ParameterValue=1', /\(A\) has neither ParameterValue nor UsePreviousValue/],
    ['ParameterKey=A,ParameterValue=1,ParameterKey=B,ParameterValue=2', /has ParameterKey twice.*blanks/],
    ['ParameterKey=A,b,ParameterValue=1', /after character 14 /],
    ['B=1\nParameterKey=A', /\(A\) has neither.*input parameters:2/],
  ])('refuses %s', async (text, says) => {
    await expect(parse(text)).rejects.toThrow(says);
  });
});

describe('a file *.json', () => {
  const read = (text: string, file: string) => parseKeyValues(text, { what: 'parameters', file });

  it.each<[string, RegExp]>([
    ['{\n  "A": "x",\n}', /bad JSON.*p\.json:3:1/],
    ['{"A": "x" // the stage\n}', /bad JSON.*p\.json:1:11/],
    ['{"A": prod}', /bad JSON.*p\.json:1:7/],
    ['A=1', /bad JSON.*p\.json:1:1/],
  ])('has to be JSON, unlike %s', async (text, says) => {
    await expect(read(text, 'p.json')).rejects.toThrow(says);
  });

  it('keeps digits', async () => {
    expect((await read('\uFEFF{"A": 1.10}', 'P.JSON')).values).toEqual({ A: '1.10' });
    expect((await read('{"A": prod,}', 'p.yaml')).values).toEqual({ A: 'prod' });
  });
});

describe('what is not understood', () => {
  it.each<[string, string, RegExp]>([
    ['a map as value', 'A: { b: 1 }', /A has to be a text/],
    ['a list without keys', '[{"Name": "x"}]', /entry 1 has neither ParameterKey nor Key/],
    ['a key twice in a list', '[{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]', /a is given twice/],
    ['a plain word', '"word"', /give a map/],
    ['bad YAML', 'A: [1', /bad YAML.*input parameters:1/],
    [
      'a misspelt key in a list',
      '[{"ParameterKey": "A", "ParamaterValue": "1"}]',
      /entry 1 \(A\) has the unknown key ParamaterValue .*Write ParameterValue if/,
    ],
    [
      'a list without values',
      '[{"Key": "a", "Value": "1"}, {"Key": "b"}, {"ParameterKey": "C"}]',
      /entry 2 \(b\) has no Value.*entry 3 \(C\) has neither ParameterValue nor UsePreviousValue/s,
    ],
    [
      'a previous value besides one',
      '[{"ParameterKey": "A", "ParameterValue": "1", "UsePreviousValue": true}]',
      /entry 1 \(A\) has both ParameterValue and UsePreviousValue/,
    ],
    [
      'no blank after a colon',
      'A:1',
      /the line has no blank after its colon \(input parameters:1\)\. Write NAME: VALUE or NAME=VALUE/,
    ],
    ['none in a later line of a map', 'A: 1\nB:2', /has no blank .*parameters:2/],
    ['none among lines', 'A=1\nB:2', /has no blank .*parameters:2.*NAME=VALUE/],
    ['an address', 'https://x', /give a map/],
  ])('%s', async (_, text, says) => {
    await expect(parse(text)).rejects.toThrow(says);
  });
});
