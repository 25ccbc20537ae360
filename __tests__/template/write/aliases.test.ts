import { expect, it } from '@jest/globals';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import { withoutAliases } from '../../../src/template/write/aliases.ts';

const topic = 'Resources:\n  Topic: # ours\n    Type: AWS::SNS::Topic\n';

it.each([
  ['none', topic],
  ['a command line', `${topic}    Metadata: "a && b &c << d"\n`],
])('leaves a template with %s as it is', (_, text) => {
  const document = parseTemplate(text, 't.yaml');
  expect(withoutAliases(document)).toBe(document);
});

it.each([
  ['an alias', `${topic}    Metadata: { a: &a [1, !Sub "x"], b: *a }\n`],
  ['an alias of an alias', `${topic}    Metadata: { a: &a 1, b: &b [*a], c: *b }\n`],
  [
    'a merge key',
    `${topic}    Metadata:\n      a: &a { x: 1, y: 2 }\n      b:\n        <<: *a\n        y: 3\n`,
  ],
  [
    'several merges',
    `${topic}    Metadata:\n      a: &a { x: 1 }\n      b: &b { x: 2, y: 2 }\n      c: { <<: [*a, *b] }\n`,
  ],
  ['a merge of a merge', `${topic}    Metadata: { a: &a { x: 1 }, b: &b { <<: *a, y: 1 }, c: { <<: *b } }\n`],
])('writes out %s', (_, text) => {
  const document = parseTemplate(text, 't.yaml');
  const written = withoutAliases(document);
  expect(written.template).toEqual(document.template);
  expect(written.text).not.toMatch(/[&*][ab]|<</);
  expect(written.text).toContain('# ours');
});

it('keeps numbers as they were written', () => {
  const numbers = [
    '012345678901',
    '1.10',
    '0128',
    '1e3',
    '0x1F',
    '12345678901234567890',
    '-0',
    '.5',
    '1_000',
  ];
  const list = numbers.map((number) => `      - ${number}\n`).join('');
  const text = `${topic}    Metadata:\n      a: &a { id: 012345678901 }\n      b: *a\n      c:\n${list}`;
  const document = parseTemplate(text, 't.yaml');
  const written = withoutAliases(document);
  expect(written.template).toEqual(document.template);
  for (const number of numbers) expect(written.text).toContain(`- ${number}\n`);
  expect(written.text.match(/id: 012345678901/g)).toHaveLength(2);
});
