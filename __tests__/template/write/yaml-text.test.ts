import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import { longForm } from '../../../src/template/read/short-forms.ts';
import { isObject, type Json } from '../../../src/template/types.ts';
import { yamlText } from '../../../src/template/write/yaml-text.ts';

const key = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.constantFrom('a', 'Fn::Sub', 'Ref', 'y', '1', 'a: b', '- x', '2012-10-17', 'Condition', 'Fn::GetAtt'),
);
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    ' a',
    'a\nb',
    'a\nb\n',
    'a\n\n',
    '\na',
    'a \nb',
    '  a\nb',
    'yes',
    '1_000',
    '0x1f',
    '1e3',
  ),
  fc.constantFrom(
    '12:30',
    '2012-10-17',
    'null',
    '~',
    '*a',
    '${A}',
    '#x',
    'a #b',
    'a: b',
    'key:',
    '|',
    '>',
    '{a',
  ),
  fc.constantFrom('[b', '%x', '@x', '`x', '"x', "'x", '!x', '&x', '?', '-', '--- a', '...', '\t', 'a\tb\nc'),
  fc.constantFrom('\u0085', '\u2028\nb', '<<', '=', '.5', '-.5', '1.', '.inf', 'a\r\nb'),
);
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom(0.5, -3.25),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  ),
}));

/** Attributes are written in one way, and read in another. */
function inLongForm(given: Json): Json {
  if (Array.isArray(given)) return given.map(inLongForm);
  if (!isObject(given)) return given;
  const path = Object.keys(given).length === 1 ? given['Fn::GetAtt'] : undefined;
  if (typeof path === 'string' && path.includes('.')) return longForm('!GetAtt', path);
  return Object.fromEntries(Object.entries(given).map(([name, each]) => [name, inLongForm(each)]));
}

it('is read as what was written', () => {
  fc.assert(
    fc.property(value, (each) => {
      const template = { Resources: { It: { Type: 'A::B::C', Properties: { Value: each } } } };
      const read = parseTemplate(yamlText(template), 'template.yaml').template;
      expect(JSON.stringify(inLongForm(read))).toBe(JSON.stringify(inLongForm(template)));
    }),
    { numRuns: 500 },
  );
});

it('has tags for functions of one text', () => {
  expect(
    yamlText({
      A: { Ref: 'B' },
      C: { 'Fn::GetAtt': ['D', 'Arn'] },
      E: [{ 'Fn::Join': ['-', [{ Ref: 'F' }, 'yes']] }, 'one\ntwo\n'],
      G: {},
    }),
  ).toBe(`A: !Ref B
C: !GetAtt D.Arn
E:
  - Fn::Join:
      - "-"
      - - !Ref F
        - "yes"
  - |
    one
    two
G: {}
`);
});
