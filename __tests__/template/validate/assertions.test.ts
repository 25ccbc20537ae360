import { describe, expect, it } from '@jest/globals';
import { problemLine } from '../../../src/problem.ts';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import { assertionProblems } from '../../../src/template/validate/assertions.ts';

const template = (rule: string) => `Parameters:
  Stage: { Type: String, Default: dev }
  Zones: { Type: CommaDelimitedList, Default: '' }
  Secret: { Type: String, NoEcho: true }
  Version: { Type: AWS::SSM::Parameter::Value<String>, Default: /v }
Rules:
  R: ${rule}
Resources:
  Q: { Type: AWS::SQS::Queue }
`;
const check = (rule: string, values: Record<string, string>): string[] =>
  assertionProblems(parseTemplate(template(rule), 't.yaml'), values).map(problemLine);
const asserts = (written: string): string => `{ Assertions: [{ Assert: ${written} }] }`;
/** YAML has no short forms of rule functions. */
const call = (name: string, argument: string): string => `{ "Fn::${name}": ${argument} }`;

describe('values of parameters that a rule does not allow', () => {
  it('are told with what the rule says of them', () => {
    const rule = `{ Assertions: [{ Assert: ${call('Contains', '[[dev, prod], !Ref Stage]')}, AssertDescription: dev or prod }] }`;
    expect(check(rule, { Stage: 'test' })).toEqual([
      'R: the rule does not let the parameters be as they are given: dev or prod (t.yaml:7:23). Give values that it takes.',
    ]);
    expect(check(rule, { Stage: 'prod' })).toEqual([]);
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['!Not [!Equals [!Ref Stage, ""]]', { Stage: '' }, { Stage: 'a' }],
    ['!And [!Equals [!Ref Stage, a], !Equals [a, a]]', { Stage: 'b' }, { Stage: 'a' }],
    ['!Or [!Equals [!Ref Stage, a], !Equals [!Ref Stage, b]]', { Stage: 'c' }, { Stage: 'b' }],
    [call('EachMemberIn', '[!Ref Zones, [a, b]]'), { Zones: 'a,c' }, { Zones: 'b, a' }],
    [call('EachMemberEquals', '[!Ref Zones, a]'), { Zones: 'a,b' }, { Zones: 'a,a' }],
    // Source: https://github.com/aws-cloudformation/cfn-lint/issues/979.
    [`!Not [${call('Contains', '[!Ref Zones, ""]')}]`, { Zones: '' }, { Zones: 'a' }],
  ])('%s: %j, but not %j', (written, refused, taken) => {
    expect(check(asserts(written), refused)).toHaveLength(1);
    expect(check(asserts(written), taken)).toEqual([]);
  });

  it('count only where the rule has its condition', () => {
    const rule = `{ RuleCondition: !Equals [!Ref Stage, prod], Assertions: [{ Assert: !Equals [a, b] }] }`;
    expect(check(rule, { Stage: 'prod' })).toHaveLength(1);
    expect(check(rule, { Stage: 'dev' })).toEqual([]);
    expect(check(rule, {})).toEqual([]);
  });

  it.each([
    ['that a stack may have kept', '!Equals [!Ref Stage, prod]', {}],
    ['that are secret', '!Equals [!Ref Secret, b]', { Secret: 'a' }],
    ['that stand in SSM', call('Contains', '[[a], !Ref Version]'), { Version: '/other' }],
    ['that only CloudFormation knows', '!Equals [!Ref AWS::Region, eu-west-1]', { Stage: 'a' }],
    [
      'of what is in the account',
      call('EachMemberIn', '[{ "Fn::ValueOfAll": ["AWS::EC2::VPC::Id", a] }, [b]]'),
      { Stage: 'a' },
    ],
  ])('are not judged: %s', (_, written, values) => {
    expect(check(asserts(written), values)).toEqual([]);
  });
});
