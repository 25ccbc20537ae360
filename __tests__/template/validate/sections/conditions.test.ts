import { describe, expect, it } from '@jest/globals';
import { problemLine } from '../../../../src/problem.ts';
import { parseTemplate } from '../../../../src/template/read/parse.ts';
import { validateTemplate } from '../../../../src/template/validate/index.ts';

const check = (section: string): string[] =>
  validateTemplate(
    parseTemplate(
      `Parameters: { P: { Type: String }, L: { Type: CommaDelimitedList } }\nResources:\n  Q: { Type: AWS::SQS::Queue }\n${section}\n`,
      't.yaml',
    ),
  ).map(problemLine);
const condition = (written: string): string[] =>
  check(`Conditions:\n  D: !Equals [!Ref P, a]\n  C: ${written}`);
const rule = (written: string): string[] => check(`Rules:\n  R: ${written}`);
const assertion = (written: string): string[] => rule(`{ Assertions: [{ Assert: ${written} }] }`);

describe('conditions', () => {
  it.each([
    ['!Equals [a]', /^C: Fn::Equals takes a list of two values \(t.yaml:6:3\)/],
    ['!Equals [a, b, c]', /^C: Fn::Equals takes a list of two values/],
    ['!And [!Condition D]', /^C: Fn::And takes a list of 2 to 10 conditions/],
    ['!Or [!Condition D]', /^C: Fn::Or takes a list of 2 to 10 conditions/],
    [`!Or [${Array(11).fill('!Condition D').join(', ')}]`, /^C: Fn::Or takes a list of 2 to 10 conditions/],
    ['!Not [!Condition D, !Condition D]', /^C: Fn::Not takes a list of one condition/],
    ['!Not D', /^C: Fn::Not takes a list of one condition/],
    ['!Not [D]', /^C: a condition is a function, not the text "D".*write !Condition D/],
    ['!Ref P', /^C: Ref decides nothing \(t.yaml:6:3\)\. Write one of Condition, Fn::And/],
    ['{ "Fn::Equals": [a, b], "Fn::Not": [a] }', /^C: a condition is one function/],
    ['[!Condition D]', /^C: a condition is a function, not a list/],
    ['!Equals [!ImportValue a, b]', /^C: conditions cannot call Fn::ImportValue \(t.yaml:6:15\)/],
    ['!Equals [!Select [0, !GetAZs ""], b]', /^C: conditions cannot call Fn::GetAZs/],
    ['!Equals [!Ref Q, a]', /^C: conditions cannot refer to resources, and "Q" is one \(t.yaml:6:15\)/],
    ['!Equals [!GetAtt Q.Arn, a]', /^C: conditions cannot refer to resources, and "Q" is one/],
    ['!Equals [!Sub "${Q}", a]', /^C: conditions cannot refer to resources/],
    ['!Equals [!Ref Nothing, a]', /^C: Ref names "Nothing", which the template does not declare/],
  ])('%s', (written, says) => {
    expect(condition(written)).toEqual([expect.stringMatching(says)]);
  });

  it.each([
    '!Equals [!Ref P, a]',
    '!Equals [!Join [",", !Ref L], !Select [0, !Ref L]]',
    '!Equals [!Sub "${AWS::Region}-${P}", a]',
    '!Not [!Condition D]',
    '!And [!Condition D, !Not [!Equals [a, b]], !Or [!Condition D, !Condition D]]',
    '{ Condition: D }',
  ])('%s is fine', (written) => {
    expect(condition(written)).toEqual([]);
  });
});

describe('rules', () => {
  it.each([
    ['text', /^R: a rule has to be a map \(t.yaml:5:3\)/],
    ['{ RuleCondition: !Equals [a, b] }', /^R: the rule has no Assertions/],
    ['{ Assertions: { Assert: a } }', /^R: Assertions has to be a list/],
    ['{ Assertions: [{ AssertDescription: a }] }', /^R: the assertion has no Assert \(t.yaml:5:21\)/],
  ])('%s', (written, says) => {
    expect(rule(written)).toEqual([expect.stringMatching(says)]);
  });

  it.each([
    ['!Contains [[a, b]]', /^R: Fn::Contains takes a list of 2/],
    ['!EachMemberIn [[a]]', /^R: Fn::EachMemberIn takes a list of 2/],
    ['!Contains [a, b]', /^R: Fn::Contains takes a list of 2, the first a list/],
    ['!EachMemberIn [[a], b]', /^R: Fn::EachMemberIn takes a list of 2, both lists/],
    ['!Equals [a]', /^R: Fn::Equals takes a list of two values/],
    ['!Not [!Equals [a, b], c]', /^R: Fn::Not takes a list of one condition/],
    ['!If [D, a, b]', /^R: rules cannot call Fn::If/],
    ['!Not [!Condition D]', /^R: rules cannot name conditions, and "D" is one/],
    ['!Equals [!GetAtt Q.Arn, a]', /^R: rules cannot (call Fn::GetAtt|refer to resources)/],
    ['!Equals [!Ref Q, a]', /^R: rules cannot refer to resources, and "Q" is one/],
    ['!Equals [!Ref Nothing, a]', /^R: Ref names "Nothing", which the template does not declare/],
  ])('that assert %s', (written, says) => {
    expect(assertion(written)).toContainEqual(expect.stringMatching(says));
  });

  it('that are no map', () => {
    expect(check('Rules: [a]')).toEqual([expect.stringMatching(/^Rules has to be a map \(t.yaml:4:1\)/)]);
  });

  it.each([
    '!Contains [[a, b], !Ref P]',
    '!EachMemberIn [!Ref L, [a, b]]',
    '!EachMemberEquals [!Ref L, a]',
    '!And [!Equals [!Ref P, a], !Not [!Contains [!Ref L, b]]]',
    '!Contains [!RefAll "AWS::EC2::VPC::Id", !Ref P]',
    '!EachMemberIn [!ValueOfAll ["AWS::EC2::VPC::Id", Tags.a], !ValueOf [P, Tags.b]]',
  ])('that assert %s are fine', (written) => {
    expect(assertion(written)).toEqual([]);
  });

  it('as the CDK writes them are fine', () => {
    const text =
      '{ "CheckBootstrapVersion": { "Assertions": [{ "Assert": { "Fn::Not": [{ "Fn::Contains": [["1", "2"], { "Ref": "P" }] }] }, "AssertDescription": "x" }] } }';
    expect(check(`Rules: ${text}`)).toEqual([]);
  });
});
