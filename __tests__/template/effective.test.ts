import { describe, expect, it } from '@jest/globals';
import { cautions } from '../../src/report/cautions.ts';
import { diffTemplates } from '../../src/template/diff.ts';
import { effectiveTemplates } from '../../src/template/effective.ts';
import { knownParameters } from '../../src/template/known-value.ts';
import { parseTemplate } from '../../src/template/parse.ts';

/** What changes when one template, or two, get other values. */
function diffOf(
  texts: string | readonly [string, string],
  then: Readonly<Record<string, string>> = {},
  now: Readonly<Record<string, string>> = then,
) {
  const [before, after] = (typeof texts === 'string' ? [texts, texts] : texts).map(
    (text) => parseTemplate(text, 'template.yml').template,
  ) as [never, never];
  const pair = effectiveTemplates(
    { template: before, known: knownParameters(before, then) },
    { template: after, known: knownParameters(after, now) },
  );
  return diffTemplates(pair.before, pair.after);
}

/** `Orders: Properties.TableName a -> b (replace)` */
const lines = (...given: Parameters<typeof diffOf>): string[] => {
  const { resources, outputs, other } = diffOf(...given);
  return [
    ...resources.flatMap((each) =>
      each.kind === 'changed'
        ? [
            ...each.changes.map(
              ({ path, before, after, impact }) =>
                `${each.logicalId}: ${path} ${JSON.stringify(before)} -> ${JSON.stringify(after)} (${impact})`,
            ),
            ...(each.code ? [`${each.logicalId}: code ${each.code.before} -> ${each.code.after}`] : []),
          ]
        : [`${each.logicalId} is ${each.kind}`],
    ),
    ...[...outputs, ...other].map(
      ({ section, name, before, after }) =>
        `${section}.${name}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`,
    ),
  ];
};

describe('a parameter with another value', () => {
  const TABLE = `
Parameters:
  Name: { Type: String, Default: a }
  Secret: { Type: String, NoEcho: true, Default: x }
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: !Ref Name
      BillingMode: PAY_PER_REQUEST
      Tags: [{ Key: secret, Value: !Ref Secret }]
  Hello:
    Type: AWS::Lambda::Function
    Properties:
      Environment: { Variables: { TABLE: !Sub '\${Name}-of-\${AWS::AccountId}', URL: !Sub ['\${Name}/\${Own}', { Own: !Ref Name }] } }
Outputs:
  Table: { Value: !Sub 'the table \${Name}' }
`;
  it('changes what refers to it, with the consequences that a change of the text would have', () => {
    expect(lines(TABLE, { Name: 'a' }, { Name: 'b' })).toEqual([
      'Hello: Properties.Environment.Variables.TABLE {"Fn::Sub":"a-of-${AWS::AccountId}"} -> {"Fn::Sub":"b-of-${AWS::AccountId}"} (update)',
      'Hello: Properties.Environment.Variables.URL {"Fn::Sub":["a/${Own}",{"Own":"a"}]} -> {"Fn::Sub":["b/${Own}",{"Own":"b"}]} (update)',
      'Orders: Properties.TableName "a" -> "b" (replace)',
      'Outputs.Table: {"Value":{"Fn::Sub":"the table a"}} -> {"Value":{"Fn::Sub":"the table b"}}',
    ]);
    const [caution] = cautions({ diff: diffOf(TABLE, { Name: 'a' }, { Name: 'b' }) } as never);
    expect(caution).toEqual({
      kind: 'data',
      logicalId: 'Orders',
      message: '(AWS::DynamoDB::Table) is replaced, because TableName changes: its data is lost',
    });
  });

  it('is filled in nowhere when it is the same, or the default that a stack does not use', () => {
    expect(lines(TABLE, { Name: 'a' })).toEqual([]);
    expect(lines([TABLE, TABLE.replace('Default: a', 'Default: other')], { Name: 'a' })).toEqual([]);
    expect(lines([TABLE, TABLE.replace('Default: a', 'Default: other')])).toHaveLength(4);
  });

  it('is never told where it is NoEcho, before or after', () => {
    const open = TABLE.replace('NoEcho: true, ', '');
    for (const texts of [TABLE, [open, TABLE], [TABLE, open]] as const)
      expect(JSON.stringify(diffOf(texts, { Secret: 'hunter2' }, { Secret: 'hunter3' }))).not.toContain(
        'hunter',
      );
  });

  it('that holds the place of code is a change of the code', () => {
    const CODE = `
Parameters: { Bucket: { Type: String }, Key: { Type: String } }
Resources:
  Hello:
    Type: AWS::Lambda::Function
    Properties: { Code: { S3Bucket: !Ref Bucket, S3Key: !Ref Key } }
`;
    expect(lines(CODE, { Bucket: 'b', Key: 'code/one.zip' }, { Bucket: 'b', Key: 'code/two.zip' })).toEqual([
      'Hello: code one.zip -> two.zip',
    ]);
  });

  it('of a list is one', () => {
    const LIST = `
Parameters: { Zones: { Type: CommaDelimitedList } }
Resources:
  Group: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { AvailabilityZones: !Ref Zones } }
`;
    expect(lines(LIST, { Zones: 'a, b' }, { Zones: 'a, c' })).toEqual([
      'Group: Properties.AvailabilityZones[1] "b" -> "c" (update)',
    ]);
  });
});

describe('conditions and mappings', () => {
  const STAGES = `
Parameters: { Stage: { Type: String } }
Mappings: { Sizes: { dev: { Memory: 128 }, prod: { Memory: 512 } } }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Not [!Condition IsProd]
  Both: !And [!Condition IsProd, !Condition IsDev]
  Either: !Or [!Condition IsProd, !Equals [!Ref 'AWS::Region', eu-west-1]]
Resources:
  Hello:
    Type: AWS::Lambda::Function
    Properties:
      MemorySize: !FindInMap [Sizes, !Ref Stage, Memory]
      Timeout: !If [IsProd, 30, 3]
      KmsKeyArn: !If [IsProd, arn, !Ref 'AWS::NoValue']
      Layers: [always, !If [IsDev, debug, !Ref 'AWS::NoValue']]
      Description: !If [Either, yes, no]
  Alarm: { Type: AWS::CloudWatch::Alarm, Condition: IsProd, Properties: { Period: 60 } }
  Never: { Type: AWS::CloudWatch::Alarm, Condition: Both, Properties: { Period: 60 } }
Outputs:
  Alarm: { Condition: IsProd, Value: !Ref Alarm }
`;
  it('are looked up and decided by the values of parameters', () => {
    expect(lines(STAGES, { Stage: 'dev' }, { Stage: 'prod' })).toEqual([
      'Alarm is added',
      'Hello: Properties.MemorySize 128 -> 512 (update)',
      'Hello: Properties.Timeout 3 -> 30 (update)',
      'Hello: Properties.Layers[1] "debug" -> undefined (update)',
      // Only CloudFormation knows the region.
      'Hello: Properties.Description {"Fn::If":["Either","yes","no"]} -> "yes" (update)',
      'Hello: Properties.KmsKeyArn undefined -> "arn" (update)',
      'Outputs.Alarm: undefined -> {"Condition":"IsProd","Value":{"Ref":"Alarm"}}',
    ]);
    expect(lines(STAGES, { Stage: 'prod' }, { Stage: 'dev' })).toContain('Alarm is removed');
  });

  it('change what they decide when they change themselves', () => {
    const other = STAGES.replace('Memory: 512', 'Memory: 1024').replace('prod]', 'production]');
    expect(lines([STAGES, other], { Stage: 'prod' })).toEqual([
      'Alarm is removed',
      'Hello: Properties.MemorySize 512 -> 1024 (update)',
      'Hello: Properties.Timeout 30 -> 3 (update)',
      'Hello: Properties.KmsKeyArn "arn" -> undefined (update)',
      'Hello: Properties.Layers[1] undefined -> "debug" (update)',
      'Hello: Properties.Description "yes" -> {"Fn::If":["Either","yes","no"]} (update)',
      'Outputs.Alarm: {"Condition":"IsProd","Value":{"Ref":"Alarm"}} -> undefined',
      'Conditions.IsProd: {"Fn::Equals":[{"Ref":"Stage"},"prod"]} -> {"Fn::Equals":[{"Ref":"Stage"},"production"]}',
      'Mappings.Sizes.prod.Memory: 512 -> 1024',
    ]);
  });

  it('that depend on themselves are left to CloudFormation', () => {
    const circle = `
Conditions: { A: !Not [!Condition B], B: !Not [!Condition A] }
Resources: { Topic: { Type: AWS::SNS::Topic, Condition: A } }
`;
    expect(lines([circle, circle.replace('Topic:', 'Other:')])).toEqual([
      'Other is added',
      'Topic is removed',
    ]);
  });

  it('of nobody are no change', () => {
    expect(lines([STAGES, STAGES.replaceAll('Period: 60', 'Period: 30')], { Stage: 'dev' })).toEqual([]);
  });
});

describe('Globals', () => {
  const SAM = `
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: { Timeout: 3, Environment: { Variables: { A: 1 } }, Layers: [base] }
  HttpApi: { StageVariables: { A: 1 } }
Resources:
  One: { Type: AWS::Serverless::Function, Properties: { Layers: [own] } }
  Two: { Type: AWS::Serverless::Function, Properties: { Timeout: 5, Environment: { Variables: { B: 2 } } } }
  Three: { Type: AWS::Serverless::Function, IgnoreGlobals: [Timeout] }
  Four: { Type: AWS::Serverless::Function, IgnoreGlobals: '*' }
`;
  it('are changes of the resources that take them in', () => {
    expect(
      lines([SAM, SAM.replace('Timeout: 3', 'Timeout: 9').replace('A: 1 } }, L', 'A: 2 } }, L')]),
    ).toEqual([
      'One: Properties.Timeout 3 -> 9 (update)',
      'One: Properties.Environment.Variables.A 1 -> 2 (update)',
      'Three: Properties.Environment.Variables.A 1 -> 2 (update)',
      'Two: Properties.Environment.Variables.A 1 -> 2 (update)',
    ]);
  });

  it('may make a function public, which is said', () => {
    const open = SAM.replace('Timeout: 3', 'FunctionUrlConfig: { AuthType: NONE }, Timeout: 3');
    expect(cautions({ diff: diffOf([SAM, open]) } as never).map(({ logicalId }) => logicalId)).toEqual([
      'One',
      'Two',
      'Three',
    ]);
  });

  it('that only APIs of SAM itself take in are told as they are', () => {
    expect(lines([SAM, SAM.replace('StageVariables: { A: 1', 'StageVariables: { A: 2')])).toEqual([
      'Globals.HttpApi.StageVariables.A: 1 -> 2',
    ]);
  });
});
