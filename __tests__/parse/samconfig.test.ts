import { describe, expect, it } from '@jest/globals';
import { parseSamConfig, type SamDefaults } from '../../src/parse/samconfig.ts';
import { problemLine } from '../../src/problem.ts';

const deploy = (text: string) => `version = 0.1\n[default.deploy.parameters]\n${text}\n`;
const overrides = (value: string) => deploy(`parameter_overrides = ${value}`);

/** Ten lists, each of which has the one before nine times. */
const bomb = Array.from(
  { length: 10 },
  (_, n) => `- &l${n} [${Array(9).fill(n > 0 ? `*l${n - 1}` : 'A=1')}]`,
).join('\n');

const contextOf = (files: Readonly<Record<string, string>>, given: readonly string[] = []) => ({
  isWanted: (input: string) => !given.includes(input),
  readText: async (path: string) =>
    files[path] === undefined ? undefined : { text: files[path], file: `orders/${path}` },
});
const read = (text: string, files: Readonly<Record<string, string>> = {}, given: readonly string[] = []) =>
  parseSamConfig(text, 'orders/samconfig.toml', contextOf(files, given));

describe('samconfig.toml', () => {
  it.each<[string, string, SamDefaults]>([
    ['nothing', 'version = 0.1', {}],
    [
      'texts',
      deploy('stack_name = "orders"\nregion = "eu-central-1"\ns3_prefix = "x"'),
      { 'stack-name': 'orders', region: 'eu-central-1', 's3-prefix': 'x' },
    ],
    ['a number as a text', deploy('s3_prefix = 1_0'), { 's3-prefix': '10' }],
    ['what is not ours', deploy('confirm_changeset = true\nresolve_s3 = true'), {}],
    ['empty texts', deploy('stack_name = ""\nparameter_overrides = ""\ntags = []\ncapabilities = ""'), {}],
    [
      'capabilities as words',
      deploy('capabilities = "CAPABILITY_IAM CAPABILITY_AUTO_EXPAND"'),
      { capabilities: 'CAPABILITY_IAM,CAPABILITY_AUTO_EXPAND' },
    ],
    [
      'capabilities as a list',
      deploy('capabilities = ["CAPABILITY_IAM"]'),
      { capabilities: 'CAPABILITY_IAM' },
    ],
    [
      'what is there for all commands',
      '[default.global.parameters]\nstack_name = "a"\nregion = "b"\n[default.deploy.parameters]\nstack_name = "c"',
      { 'stack-name': 'c', region: 'b' },
    ],
    ['another environment', '[prod.deploy.parameters]\nstack_name = "prod"', {}],
  ])('%s', async (_, text, values) => {
    expect(await read(text)).toEqual({ values, warnings: [] });
  });

  it.each<[string, string, RegExp]>([
    ['bad TOML', 'a = ', /^bad TOML: .*\(orders\/samconfig\.toml:1/],
    ['a list for a name', deploy('stack_name = ["a"]'), /^stack_name: has to be a text \(orders\/samconfig/],
    ['a number for a list', deploy('capabilities = 1'), /^capabilities: has to be a text or a list of texts/],
    ['words without a value', overrides('"A"'), /^parameter_overrides: a text in it has no Key=Value/],
    ['a number alone', overrides('[1]'), /^parameter_overrides: a number, a truth or a date stands for no/],
    ['maps in maps', overrides('{ A = { B = 1 } }'), /^parameter_overrides: A has to be a text, a number/],
    ['an include of a number', overrides('{ "$include" = 1 }'), /^parameter_overrides: \$include has to be/],
    ['tags without a value', deploy('tags = "team"'), /^tags: a text in it has no Key=Value/],
    [
      'tags without end',
      deploy(`tags = "${'a'.repeat(20_000)}"`),
      /^tags: has 20000 characters, more than 50/,
    ],
    [
      'several at once',
      deploy('stack_name = []\ntags = "x"'),
      /^stack_name: has to be.*\n.*tags: a text in it/s,
    ],
  ])('%s is an error', async (_, text, says) => {
    await expect(read(text)).rejects.toThrow(says);
  });

  it('is not read for what is given, right or wrong', async () => {
    const text = deploy('stack_name = "a"\nparameter_overrides = "A"\ntags = "team=x"');
    const { values } = await read(text, {}, ['parameters', 'tags']);
    expect(values).toEqual({ 'stack-name': 'a' });
  });
});

it('samconfig.yaml is read alike', async () => {
  const text = `version: 0.1
default:
  global:
    parameters: { stack_name: a, region: eu-central-1 }
  deploy:
    parameters:
      stack_name: orders
      capabilities: [CAPABILITY_IAM]
      parameter_overrides:
        - Stage=prod Owner='Ann Smith'
        - Version: 1.10
      tags: team=a cost=7
`;
  expect(await parseSamConfig(text, 'samconfig.yaml', contextOf({}))).toEqual({
    values: {
      'stack-name': 'orders',
      region: 'eu-central-1',
      capabilities: 'CAPABILITY_IAM',
      parameters: '{"Stage":"prod","Owner":"Ann Smith","Version":"1.1"}',
      tags: '{"team":"a","cost":"7"}',
    },
    warnings: [],
  });
});

describe('parameter_overrides', () => {
  it.each<[string, string, Record<string, string>]>([
    ['words', `"A=1 B=\\"two words\\" C='x y' D=\\"\\""`, { A: '1', B: 'two words', C: 'x y', D: '' }],
    [
      'the long form',
      '"ParameterKey=A,ParameterValue=1 ParameterKey=B,ParameterValue=2"',
      { A: '1', B: '2' },
    ],
    ['a list', `["A=1=2", "B='two words'", "C=0012"]`, { A: '1=2', B: 'two words', C: '0012' }],
    ['a list of several pairs each', '["A=1 B=2", ["C=3"]]', { A: '1', B: '2', C: '3' }],
    ['escaped quotes', String.raw`"Json=\"{\\\"a\\\":1}\""`, { Json: '{"a":1}' }],
    ['escaped blanks', String.raw`'A=two\ words B=3'`, { A: 'two words', B: '3' }],
    [
      'other backslashes',
      String.raw`'A="^\d+$" B="-----BEGIN\nabc" C=a\,b'`,
      { A: '^\\d+$', B: '-----BEGIN\\nabc', C: 'a\\,b' },
    ],
    ['apostrophes', `"A=it's B='/x'"`, { A: "it's", B: '/x' }],
    ['quoted keys', `'"A"=1'`, { A: '1' }],
    ['a later one of the same name', '"A=1 A=2"', { A: '2' }],
    [
      'a table',
      `{ A = "x y", B = 7, C = 1.0, D = true, E = [1, " x ", "", "y"], F = "'q'" }`,
      { A: 'x y', B: '7', C: '1.0', D: 'True', E: '1,x,y', F: 'q' },
    ],
    [
      'a date',
      '{ A = 2026-11-29, B = 2026-11-29T08:00:00Z }',
      { A: '2026-11-29', B: '2026-11-29 08:00:00+00:00' },
    ],
  ])('%s', async (_, value, parameters) => {
    const { values, warnings } = await read(overrides(value));
    expect(JSON.parse(values.parameters ?? '')).toEqual(parameters);
    expect(warnings).toEqual([]);
  });

  it.each<[string, string, Record<string, string>, string]>([
    [
      'a value of two words',
      '["A=1", "B=two words"]',
      { A: '1', B: 'two' },
      'what follows the value of B is',
    ],
    ['an empty value', '"A=1 B= C=3"', { A: '1', C: '3' }, 'what follows the value of A is not of the form'],
    ['quotes in a value', `'A={"a":1}'`, { A: '{' }, 'what follows the value of A is not of the form'],
    ['a word before', '"x A=1"', { A: '1' }, 'what stands before the first pair is not of the form'],
    ['both forms', '"ParameterKey=A,ParameterValue=1 B=2"', { A: '1' }, 'what follows the value of A is'],
    ['commas', '"A=1,B=2"', { A: '1,B=2' }, 'B= is taken for a part of the value of A, as by SAM CLI'],
    [
      'lines',
      '"""\nA=1\nB=2\n"""',
      { A: '1\nB=2' },
      'B= is taken for a part of the value of A, as by SAM CLI',
    ],
  ])('%s: what SAM CLI makes of it, with a warning', async (_, value, parameters, says) => {
    const { values, warnings } = await read(overrides(value));
    expect(JSON.parse(values.parameters ?? '')).toEqual(parameters);
    expect(warnings.map(problemLine)).toEqual([expect.stringContaining(`parameter_overrides: ${says}`)]);
  });

  it('never shows what it leaves out', async () => {
    const { warnings } = await read(overrides(`'Password=can"ary-1" B=2 canary'`));
    expect(warnings).toHaveLength(2);
    expect(warnings.map(problemLine).join('\n')).not.toMatch(/ary/);
  });

  it('follows files, which follow others beside them', async () => {
    const files = {
      'params/a.toml': 'A = 1\nB = 2\n"$include" = ["file://b.toml", "C=\'4 5\'"]',
      'params/b.toml': 'B = 3\nC = 0',
    };
    const { values } = await read(overrides('["D=4", "file://params/a.toml"]'), files);
    expect(JSON.parse(values.parameters ?? '')).toEqual({ A: '1', B: '3', C: '4 5', D: '4' });
  });

  it('reads files in YAML, with the numbers of YAML 1.2', async () => {
    const files = {
      'p.yaml': `Stage: prod
Version: 1.10
Quoted: "1.10"
Account: 0012
On: yes
Truth: true
Nothing:
Nets: [a, ' b ', 2]
Day: 2026-11-29
Key: |
  one
  two
Ref: !Ref x
<<: { Stage: dev, Owner: me }
$include: file://more.yml
`,
      'more.yml': 'Mode: &m 0o17\nAgain: *m\n',
    };
    const { values } = await read(overrides('"file://p.yaml"'), files);
    expect(JSON.parse(values.parameters ?? '')).toEqual({
      ...{
        Stage: 'prod',
        Version: '1.1',
        Quoted: '1.10',
        Account: '12',
        On: 'yes',
        Truth: 'True',
        Nothing: '',
      },
      ...{
        Nets: 'a,b,2',
        Day: '2026-11-29',
        Key: 'one\ntwo\n',
        Ref: 'x',
        Owner: 'me',
        Mode: '15',
        Again: '15',
      },
    });
  });

  it.each<[string, RegExp]>([
    ['A: 1\nA: 2', /the key "A" is there twice \(orders\/p\.yaml:2:1\)/],
    ['A: [1', /bad YAML: .*\(orders\/p\.yaml:1/],
    [
      'A: 2026-11-29 08:00:00',
      /2026-11-29 08:00:00 is a date or time that is read otherwise.*Put it in quotes/,
    ],
    ['A: 2026-02-30', /2026-02-30 is a date or time/],
    ['A: { B: 1 }', /A has to be a text, a number.*\(orders\/p\.yaml\)/],
    ['<<: 1', /<< takes a map, or a list of maps/],
    [bomb, /has more than 10000 values/],
  ])('refuses the file %j', async (text, says) => {
    await expect(read(overrides('"file://p.yaml"'), { 'p.yaml': text })).rejects.toThrow(says);
  });

  it.each<[string, string, RegExp]>([
    ['is missing', 'file://no.toml', /the file "no\.toml" does not exist.*\(orders\/samconfig\.toml\)/],
    ['is of another kind', 'file://a.json', /the file "a\.json" is none that SAM CLI reads/],
    ['is no TOML', 'file://bad.toml', /bad TOML: .*\(orders\/bad\.toml:1/],
    ['includes itself', 'file://x/a.toml', /the file "a\.toml" includes itself.*\(orders\/x\/a\.toml\)/],
    ['holds what is no text', 'file://map.toml', /A has to be a text, a number.*\(orders\/map\.toml\)/],
  ])('a file that %s is an error', async (_, value, says) => {
    const files = {
      'a.json': '{}',
      'bad.toml': '=',
      'map.toml': '[A]\nB = 1',
      'x/a.toml': '"$include" = "file://a.toml"',
    };
    await expect(read(overrides(JSON.stringify(value)), files)).rejects.toThrow(says);
  });
});

describe('tags', () => {
  it.each<[string, string, Record<string, string>]>([
    ['one pair', '"team=a b"', { team: 'a b' }],
    ['pairs', '"team=a cost=7"', { team: 'a', cost: '7' }],
    ['a list', `["Owner='Ann Smith'", "team=a cost=7"]`, { Owner: 'Ann Smith', team: 'a', cost: '7' }],
    ['blanks in quotes', `'team="a b" cost="7 8"'`, { team: 'a b', cost: '7 8' }],
    ['equals signs in values', `'a=b=c d=e'`, { 'a=b': 'c', d: 'e' }],
    ['no value', '"team="', { team: '' }],
    ['a table', '{ team = "a b", cost = 7 }', { team: 'a b', cost: '7' }],
  ])('%s', async (_, value, tags) => {
    const { values, warnings } = await read(deploy(`tags = ${value}`));
    expect(JSON.parse(values.tags ?? '')).toEqual(tags);
    expect(warnings).toEqual([]);
  });

  it('leaves out what SAM CLI leaves out, with a warning', async () => {
    const { values, warnings } = await read(deploy('tags = "a=b=c d e=f"'));
    expect(JSON.parse(values.tags ?? '')).toEqual({ 'a=b': 'c', e: 'f' });
    expect(warnings.map(problemLine)).toEqual([
      expect.stringContaining('tags: what follows the value of a=b is not of the form Key=Value'),
    ]);
  });
});
