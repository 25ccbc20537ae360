import { describe, expect, it } from '@jest/globals';
import type { Assembly } from '../../../src/assembly/types.ts';
import { keyValues } from '../../../src/parse/key-value-kinds.ts';
import { checkTemplates } from '../../../src/stages/assemble/check-template.ts';
import type { Run } from '../../../src/stages/run.ts';
import { parseTemplate } from '../../../src/template/read/parse.ts';

const stack = (id: string, parameters: readonly string[]) => {
  const declared = parameters.map((name) => `  ${name}: { Type: String, Default: d }\n`).join('');
  const text = `Parameters:\n${declared}Resources:\n  T: { Type: AWS::SNS::Topic }\n`;
  return { id, template: parseTemplate(text, `${id}.yaml`), nested: [], assets: [], parameters: {} };
};
const ORDERS = [stack('orders', ['Stage', 'Owner', 'Port'])];

async function check(
  text: string,
  { files = {}, stacks = ORDERS }: { files?: Record<string, string>; stacks?: typeof ORDERS } = {},
) {
  const readText = async (file: string) => (files[file] ? { text: files[file], file } : undefined);
  const parameters = await keyValues('parameters').parse(text, { readText });
  checkTemplates({ stacks } as unknown as Assembly, { inputs: { parameters } } as unknown as Run);
}

describe('parameters that share a line', () => {
  it.each<[string, RegExp]>([
    [
      'Stage=prod Owner=me',
      /^the value of the parameter Stage goes on with Owner=, and so gives no value to that parameter \(input parameters:1\)\. Write Stage=\.\.\. and Owner=\.\.\. on lines of their own, or put the value in quotes if it is meant\.$/,
    ],
    ['Stage=prod,Owner=me', /Stage goes on with Owner=,/],
    ['Stage=prod, Owner=me', /Stage goes on with Owner=,/],
    ['Stage=prod\tOwner=me Port=1', /goes on with Owner= and Port=, and so gives no value to these/],
    ['Stage= Owner=me', /Stage goes on with Owner=/],
    ['Stage="prod" Owner="me"', /Stage goes on with Owner=/],
    [`Stage=prod 'Owner=me too'`, /Stage goes on with Owner=/],
    ['Port=1\nStage=two words Owner=me', /Stage goes on with Owner=.*\(input parameters:2\)/],
    ['Stage=prod Stage=dev', /Stage goes on with Stage=/],
    ['Stage=prod ParameterKey=Owner,ParameterValue=me', /Stage goes on with Owner=/],
    ['ParameterKey=Stage,ParameterValue=prod Owner=me', /Stage goes on with Owner=/],
    ['["Stage=prod Owner=me"]', /Stage goes on with Owner=/],
  ])('%j is refused', async (text, says) => {
    await expect(check(text)).rejects.toThrow(says);
  });

  it.each([
    'Stage=prod\nOwner=me',
    'Stage=two words, with a comma',
    'Stage=prod Other=me',
    'Stage=prod owner=me',
    'Stage="prod Owner=me"',
    "Stage='prod,Owner=me'",
    'Stage: prod Owner=me',
    '{"Stage": "prod Owner=me"}',
    // The value is meant: what stands in it is given besides.
    'Stage=Server=db,Port=5432\nPort=5432',
    'Stage=-DOwner=me',
    'Stage=https://x/?Owner=me&Port=1',
    'ParameterKey=Stage,ParameterValue=a,Owner=b',
    "'ParameterKey=Stage,ParameterValue=prod Owner=me'",
    'ParameterKey=Stage,ParameterValue=prod ParameterKey=Owner,ParameterValue=me',
  ])('%j is taken', async (text) => {
    await expect(check(text)).resolves.toBeUndefined();
  });

  it('names the line of a file', async () => {
    const files = { 'prod.txt': '# production\nStage=prod Owner=me\n' };
    await expect(check('prod.txt', { files })).rejects.toThrow(/Owner=.*\(prod\.txt:2\)/);
  });

  it('looks at all stacks, and at names of one stack', async () => {
    const stacks = [stack('a', ['Stage']), stack('b', ['Owner'])];
    await expect(check('Stage=prod Owner=me', { stacks })).rejects.toThrow(/Owner=/);
    await expect(check('a:Stage=prod b:Owner=me', { stacks })).rejects.toThrow(/with b:Owner=/);
    await expect(check('a:Stage=prod b:Other=me', { stacks })).resolves.toBeUndefined();
  });
});

describe('a capability that the input leaves out', () => {
  const missing = (yaml: string, capabilities: readonly string[]) => {
    const template = parseTemplate(yaml, 'template.yaml');
    const only = { id: 'orders', template, nested: [], assets: [], parameters: {} };
    const assembly = { stacks: [only] } as unknown as Assembly;
    return checkTemplates(assembly, { inputs: { capabilities } } as unknown as Run).get('orders')?.missing;
  };
  const SAM = 'Transform: AWS::Serverless-2016-10-31\nResources:\n';
  const FUNCTION =
    '  F: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs24.x, Handler: a.b, InlineCode: x } }\n';
  const NESTED = '  N: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: https://x.y/z } }\n';

  it.each([
    // What `sam deploy --guided` writes: a change set needs no leave to expand.
    ['a SAM template', SAM + FUNCTION, ['CAPABILITY_IAM'], []],
    ['a SAM template with roles', SAM + FUNCTION, [], ['CAPABILITY_IAM']],
    [
      'a macro beside a nested stack',
      SAM + FUNCTION + NESTED,
      ['CAPABILITY_NAMED_IAM'],
      ['CAPABILITY_AUTO_EXPAND'],
    ],
    ['a nested stack', `Resources:\n${NESTED}`, [], ['CAPABILITY_AUTO_EXPAND', 'CAPABILITY_NAMED_IAM']],
  ])('is missed by a change set, or is not: %s', (_what, yaml, given, expected) => {
    expect(missing(yaml, given)).toEqual(expected);
  });
});
