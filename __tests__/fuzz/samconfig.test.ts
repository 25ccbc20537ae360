import { normalize } from 'node:path/posix';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseSamConfig } from '../../src/parse/samconfig.ts';
import { ProblemError } from '../../src/problem.ts';
import type { Json } from '../../src/template/types.ts';
import { SamCli } from '../support/sam-cli.ts';
import { RUNS } from './hostile.ts';

let samCli: SamCli;
beforeAll(async () => {
  samCli = await SamCli.start();
});
afterAll(() => samCli.stop());

/** What means something in a pair, and what stands around it. */
const PIECES = [
  ...['A', 'Bc', 'D1', 'x y', 'a,b', "it's", 'é', '😀', '{"a": 1}', '/x', 'https://h/?a=1&b=2', '0012'],
  ...[
    '=',
    '=',
    '=',
    '==',
    ' = ',
    ' A=1',
    ' B=2',
    'C=',
    ',D=3',
    ' "E F"=4',
    " 'G'='5'",
    ' H="6 7"',
    " I='8 9'",
  ],
  ...[
    'ParameterKey=K,ParameterValue=v',
    ' ParameterKey=L,ParameterValue="v w"',
    'ParameterKey=',
    'Key=T,Value=1',
  ],
  ...[' ', ' ', '  ', '\t', '\n', '\u00a0', '\u001c', '\ufeff', '\u0085', ',', ', ', ';'],
  ...['"', "'", '""', "''", '"x y"', "'x y'", '"x_y"', '"a\nb"'],
  ...['\\', '\\"', "\\'", '\\ ', '\\,', '\\n', '\\d', '\\\n', '\\\\'],
] as const;

/** SAM CLI tries every way to divide what is in quotes, or a word without an equals sign: long ones take it for ever. */
const isQuick = (value: string): boolean =>
  [...value.matchAll(/["']/g)].every(({ 0: mark, index }) => {
    const end = value.indexOf(mark, index + 1);
    return (end < 0 ? value.length : end) - index <= 10;
  }) && [...value.matchAll(/[^ "\\=]+(?=[ "\\]|$)/g)].every(([tail]) => tail.length <= 10);

const text = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 9 })
  .map((pieces) => pieces.join(''))
  .filter(isQuick);
const key = fc.oneof(fc.constantFrom('A', 'B', '"A"', "'B'", 'c d', 'E.f', 'g\\"'), text);

/** Basic strings of TOML are those of JSON, but for DEL. */
const basic = (value: string): string => JSON.stringify(value).replaceAll('\u007f', '\\u007f');
const literal = (value: string): string =>
  /^[^'\n\x7f-\u009f\x00-\x1f]*$/.test(value) ? `'${value}'` : basic(value);
const quote = fc.tuple(text, fc.boolean()).map(([value, plain]) => (plain ? literal(value) : basic(value)));

const SCALARS = ['0', '-0', '+7', '1_000', '0xFf', '0o17', '0b11', '9223372036854775807'].concat(
  ['1.0', '1.10', '-0.0', '1e3', '1e-4', '1e-5', '1e15', '1e16', '1.5e300', 'nan', '-inf', 'true', 'false'],
  ['1979-05-27', '07:32:00', '1979-05-27T07:32:00', '1979-05-27 07:32:00Z', '1979-05-27T00:32:00-07:00'],
);
const double = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .map((value) => String(value))
  .map((value) => (/[.e]/.test(value) ? value : `${value}.0`));
const scalar = fc.oneof(quote, fc.constantFrom(...SCALARS), double);

const list = (item: fc.Arbitrary<string>) =>
  fc.array(item, { maxLength: 4 }).map((items) => `[${items.join(', ')}]`);
const table = (value: fc.Arbitrary<string>) =>
  fc
    .uniqueArray(fc.tuple(key, value), { maxLength: 4, selector: ([name]) => name })
    .map((entries) => entries.map(([name, each]) => `${basic(name)} = ${each}`));

/** What means something to YAML 1.1, to YAML 1.2, or to ruamel.yaml. */
const PLAIN = [
  'prod',
  'two words',
  'a,b',
  "it's",
  'x:y',
  '1:30',
  'https://h/?a=1',
  '!Ref x',
  '!!str 12',
  '*a',
].concat(
  [
    '0',
    '-0',
    '+7',
    '0012',
    '-012',
    '1_000',
    '0xFf',
    '0o17',
    '0b11',
    '0x',
    '12_',
    '_1',
    '9223372036854775808',
  ],
  [
    '1.0',
    '1.10',
    '-0.0',
    '1e3',
    '1E-5',
    '.5',
    '-.5',
    '5.',
    '1_0.5',
    '1e400',
    '.inf',
    '-.INF',
    '.nan',
    '.5e3',
    '+.inf',
  ],
  [
    'true',
    'True',
    'tRUE',
    'FALSE',
    'yes',
    'No',
    'on',
    '~',
    'null',
    'Null',
    'nULL',
    '',
    '=',
    '2026-11-29',
    '2026-02-30',
  ],
);
/** In double quotes, which in YAML are those of JSON, but for line breaks beyond ASCII. */
const yamlQuoted = (value: string): string =>
  JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
const yamlScalar = fc.oneof(
  text.map((value) => (/^[ -~]*$/.test(value) ? `'${value.replaceAll("'", "''")}'` : yamlQuoted(value))),
  fc.constantFrom(...PLAIN),
  double,
);
const yamlValue = fc.oneof(
  { weight: 4, arbitrary: yamlScalar },
  {
    weight: 1,
    arbitrary: fc
      .array(yamlScalar, { minLength: 1, maxLength: 3 })
      .map((all) => `\n  - ${all.join('\n  - ')}`),
  },
);
const yamlText = fc
  .tuple(
    fc.uniqueArray(fc.tuple(key, yamlValue), { maxLength: 4, selector: ([name]) => name }),
    fc.constantFrom('', '', '', '"$include": file://p.yaml', '<<: {A: 9, Z: [1, 2.0]}'),
  )
  .map(([entries, more]) =>
    [...entries.map(([name, each]) => `${yamlQuoted(name)}: ${each}`), more].join('\n'),
  );

/** Files that name one another; what is at the other path does not exist, or is none that is read. */
const file = fc.constantFrom(
  'p.toml',
  './p.toml',
  'more/q.toml',
  'q.toml',
  '../p.toml',
  'no.toml',
  'x.json',
  '',
);
const parameters = table(fc.oneof(scalar, list(scalar)));
const fileText = fc
  .tuple(
    parameters,
    fc.option(
      fc.oneof(
        file.map((path) => basic(`file://${path}`)),
        list(quote),
        scalar,
      ),
    ),
  )
  .map(([lines, include]) => [...lines, ...(include === null ? [] : [`"$include" = ${include}`])].join('\n'));

const item = fc.oneof(
  { weight: 4, arbitrary: quote },
  { weight: 1, arbitrary: file.map((path) => basic(`file://${path}`)) },
  { weight: 1, arbitrary: parameters.map((entries) => `{${entries.join(', ')}}`) },
  { weight: 1, arbitrary: fc.constantFrom('1', 'true', '[]', '[["A=1"], "B=2"]', '{}') },
);

const word = fc.constantFrom('CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND', 'x');
const words = fc.array(word, { maxLength: 3 });

const config = fc.record({
  parameter_overrides: fc.oneof(item, list(item)),
  tags: fc.oneof(quote, list(quote), list(fc.oneof(quote, scalar))),
  capabilities: fc.oneof(
    words.map((all) => basic(all.join(' '))),
    list(word.map(basic)),
    fc.constantFrom(...SCALARS),
  ),
  stack_name: scalar,
});

interface Case {
  readonly [path: string]: string;
}

const samconfig = (settings: object): string =>
  `version = 0.1\n[default.deploy.parameters]\n${Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n')}\n`;

/** What our reader makes of it, by the names of SAM CLI; `undefined`: it is refused. */
async function ours(files: Case): Promise<Record<string, Json> | undefined> {
  try {
    const { values } = await parseSamConfig(files['samconfig.toml'] ?? '', 'samconfig.toml', {
      isWanted: () => true,
      readText: async (path) => {
        const found = files[normalize(path)];
        return found === undefined ? undefined : { text: found, file: path };
      },
    });
    return {
      stack_name: values['stack-name'] ?? '',
      capabilities: values.capabilities ?? '',
      parameter_overrides: JSON.parse(values.parameters ?? '{}'),
      tags: JSON.parse(values.tags ?? '{}'),
    };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return undefined;
  }
}

async function theirs(files: Case): Promise<Record<string, Json> | undefined> {
  const answer = await samCli.settings(files);
  fc.pre(!('endless' in answer));
  if (!('settings' in answer)) return undefined;
  const { stack_name = '', capabilities = [], parameter_overrides = {}, tags = {} } = answer.settings;
  return { stack_name, capabilities: String(capabilities), parameter_overrides, tags };
}

for (const name of ['parameter_overrides', 'tags', 'capabilities', 'stack_name'] as const) {
  it(`${name} is read as SAM CLI reads it`, async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(
        config,
        fileText,
        fileText,
        yamlText,
        yamlText,
        async ({ [name]: value }, ...texts) => {
          const [p, q, y, z] = texts;
          const files = {
            'samconfig.toml': samconfig({ [name]: value }),
            'p.toml': p,
            'more/q.toml': q,
            'p.yaml': y,
            'more/q.yml': z,
            'x.json': '{}',
          };
          const expected = await theirs(files);
          expect(await ours(files)).toEqual(expected);
          if (expected) taken += 1;
        },
      ),
      RUNS,
    );
    expect(taken).toBeGreaterThan(RUNS.numRuns / 5);
  });
}

it('files of parameters in YAML are read as SAM CLI reads them', async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(yamlText, async (yaml) => {
      const files = {
        'samconfig.toml': samconfig({ parameter_overrides: '"file://q.yaml"' }),
        'q.yaml': yaml,
        'p.yaml': 'A: 1.0',
      };
      const expected = await theirs(files);
      expect(await ours(files)).toEqual(expected);
      if (expected) taken += 1;
    }),
    RUNS,
  );
  expect(taken).toBeGreaterThan(RUNS.numRuns / 3);
});
