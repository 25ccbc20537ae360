import { expect, it } from '@jest/globals';
import { problemLine } from '../../src/problem.ts';
import { parameterProblems } from '../../src/template/parameters.ts';
import { parseTemplate } from '../../src/template/read/parse.ts';
import { matchesPattern } from '../../src/template/validate/allowed-pattern.ts';

const given = (declared: string, value: string): string[] => {
  const text = `Parameters:\n  P: { ${declared} }\nResources:\n  T: { Type: AWS::SNS::Topic }\n`;
  return parameterProblems(parseTemplate(text, 't.yaml'), { P: value }, new Set()).map(problemLine);
};

it.each([
  [
    'Type: String, AllowedPattern: "[a-z]+"',
    'a1',
    /^parameter P: "a1" does not match AllowedPattern .*\(t.yaml:2:3\)/,
  ],
  ['Type: CommaDelimitedList, AllowedPattern: "[a-z]+"', 'a, 1', /does not match/],
  ['Type: String, MinLength: 2', 'a', /is shorter than MinLength 2.* Give at least 2 characters/],
  ['Type: String, MaxLength: 2', 'abc', /is longer than MaxLength 2/],
  ['Type: Number', 'x', /"x" is not a number.* Give a number/],
  ['Type: Number, MinValue: 2', '1', /is less than MinValue 2/],
  ['Type: Number, MaxValue: 2', '3', /is more than MaxValue 2/],
  ['Type: List<Number>', '1, x', /is not a number/],
  ['Type: CommaDelimitedList, AllowedValues: [a, b]', 'a,c', /"a,c" is not allowed.* Give a, b/],
  ['Type: String, NoEcho: true, AllowedPattern: "[a-z]"', 'canary', /^parameter P: its value does not match/],
])('%s refuses %s', (declared, value, says) => {
  const lines = given(declared, value);
  expect(lines).toEqual([expect.stringMatching(says)]);
  expect(lines.join()).not.toContain('canary');
});

it.each([
  ['Type: String, AllowedPattern: "[a-z]+", MinLength: 1, MaxLength: 3', 'abc'],
  ['Type: Number, MinValue: 1, MaxValue: 3, AllowedValues: [1, 2]', '2.0'],
  ['Type: List<Number>', '1, 2,'],
  ['Type: Number, MaxValue: 2', '1.5d'],
  ['Type: CommaDelimitedList, AllowedValues: [a, b]', 'b, a'],
  ['Type: AWS::SSM::Parameter::Value<String>, AllowedPattern: "[a-z]"', '/a/b'],
  ['Type: String, AllowedPattern: "\\\\p{Lower}"', '1'],
  ['Type: String, MinLength: 1', ''],
])('%s takes %s', (declared, value) => {
  expect(given(declared, value)).toEqual([]);
});

it.each([
  ['^[a-z]*$', 'abc', true],
  ['a|b', 'ab', false],
  ['[\\w\\-]+\\.(?:com|org)', 'a-b.com', true],
  ['(?i)a', 'A', undefined],
  ['(?=.*[0-9])[a-z0-9]+', 'abc', false],
  ['\\Aa\\z', 'a', undefined],
  ['[a-z&&[^b]]', 'b', undefined],
  ['a++b', 'b', undefined],
  ['[+*]+', '++', true],
  ['(', 'a', undefined],
  ['.', 'é', undefined],
  ['(a)\\1', 'ab', undefined],
  ['(a+)+b', 'a'.repeat(40), undefined],
])('the pattern %s and %s', (pattern, value, expected) => {
  expect(matchesPattern(pattern, value)).toBe(expected);
});
