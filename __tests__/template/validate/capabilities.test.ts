import { expect, it } from '@jest/globals';
import { problemLine } from '../../../src/problem.ts';
import { noEchoParameters, parameterProblems, ssmParameters } from '../../../src/template/parameters.ts';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import type { JsonObject, Template } from '../../../src/template/types.ts';
import { requiredCapabilities } from '../../../src/template/validate/capabilities.ts';

const template = (Type: string, Properties: JsonObject = {}, rest: JsonObject = {}): Template => ({
  ...rest,
  Resources: { R: { Type, Properties } },
});

it.each<[string, Template, string[]]>([
  ['nothing', template('AWS::SNS::Topic'), []],
  ['a role', template('AWS::IAM::Role'), ['CAPABILITY_IAM']],
  ['a named role', template('AWS::IAM::Role', { RoleName: 'x' }), ['CAPABILITY_NAMED_IAM']],
  [
    'a SAM function',
    template('AWS::Serverless::Function', {}, { Transform: 'AWS::Serverless-2016-10-31' }),
    ['CAPABILITY_AUTO_EXPAND', 'CAPABILITY_IAM'],
  ],
  [
    'a macro inside',
    template('AWS::SNS::Topic', { 'Fn::Transform': { Name: 'M' } }),
    ['CAPABILITY_AUTO_EXPAND'],
  ],
  [
    'a nested stack that is not known',
    template('AWS::CloudFormation::Stack'),
    ['CAPABILITY_AUTO_EXPAND', 'CAPABILITY_NAMED_IAM'],
  ],
])('%s needs %j', (_, given, needed) => {
  expect(requiredCapabilities(given)).toEqual(needed);
});

it.each([
  ['MicrovmImage', 'BuildRoleArn'],
  ['NetworkConnector', 'OperatorRole'],
  ['WebFunction', 'ExecutionRoleArn'],
])('%s of SAM needs one where it has no role', (name, role) => {
  const Transform = 'AWS::Serverless-2016-10-31';
  const needed = (properties: JsonObject) =>
    requiredCapabilities(template(`AWS::Serverless::${name}`, properties, { Transform }));
  expect(needed({})).toContain('CAPABILITY_IAM');
  expect(needed({ [role]: 'arn:aws:iam::123456789012:role/mine' })).not.toContain('CAPABILITY_IAM');
});

it('looks into nested templates', () => {
  expect(
    requiredCapabilities(template('AWS::CloudFormation::Stack'), [template('AWS::IAM::Policy')]),
  ).toEqual(['CAPABILITY_IAM']);
  expect(requiredCapabilities(template('AWS::CloudFormation::Stack'), [template('AWS::SNS::Topic')])).toEqual(
    [],
  );
});

const parameters = parseTemplate(
  'Parameters:\n  Needed: { Type: String }\n  Sized: { Type: String, Default: s, AllowedValues: [s, m] }\n  Secret: { Type: String, NoEcho: true, AllowedValues: [a] }\n  Ami: { Type: "AWS::SSM::Parameter::Value<String>", Default: x }\nResources:\n  T: { Type: AWS::SNS::Topic }\n',
  't.yaml',
);

it.each<[string, Record<string, string>, string[], RegExp]>([
  ['missing', { Secret: 'a' }, [], /parameter Needed has no value and no default \(t.yaml:2:3\)/],
  ['unknown', { Needed: 'x', Secret: 'a', Neded: 'y' }, [], /declares no parameter Neded.*Write Needed/],
  [
    'not allowed',
    { Needed: 'x', Secret: 'a', Sized: 'xl' },
    [],
    /parameter Sized: "xl" is not allowed.*Give s, m/,
  ],
])('a parameter that is %s', (_, given, kept, says) => {
  expect(parameterProblems(parameters, given, new Set(kept)).map(problemLine).join('\n')).toMatch(says);
});

it('keeps what is kept, and shows no secret', () => {
  expect(parameterProblems(parameters, {}, new Set(['Needed', 'Secret']))).toEqual([]);
  expect(
    parameterProblems(parameters, { Needed: 'x', Secret: 'canary' }, new Set()).map(problemLine).join(),
  ).not.toContain('canary');
  expect(noEchoParameters(parameters.template)).toEqual(['Secret']);
  expect(ssmParameters(parameters.template)).toEqual(['Ami']);
});
