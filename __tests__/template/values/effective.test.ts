import { describe, expect, it } from '@jest/globals';
import { cautions } from '../../../src/report/cautions.ts';
import { compareTemplates } from '../../../src/template/diff/compare.ts';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import { knownParameters } from '../../../src/template/values/known-value.ts';

/** What changes when one template, or two, get other values. */
function diffOf(
  texts: string | readonly [string, string],
  then: Readonly<Record<string, string>> = {},
  now: Readonly<Record<string, string>> = then,
) {
  const known = (text: string, values: Readonly<Record<string, string>>) => {
    const { template } = parseTemplate(text, 'template.yml');
    return { template, known: knownParameters(template, values) };
  };
  const [first, second] = typeof texts === 'string' ? [texts, texts] : texts;
  return compareTemplates(known(first, then), known(second, now)).diff;
}

/** `Orders: Properties.TableName a -> b (replace)` */
const lines = (...given: Parameters<typeof diffOf>): string[] => {
  const { resources, outputs, other } = diffOf(...given);
  return [
    ...resources.flatMap((each) =>
      each.kind === 'changed'
        ? [
            ...each.changes.map(
              ({ path, before, after, impact, cause }) =>
                `${each.logicalId}: ${path} ${cause ?? `${JSON.stringify(before)} -> ${JSON.stringify(after)}`} (${impact})`,
            ),
            ...(each.code ? [`${each.logicalId}: code ${each.code.before} -> ${each.code.after}`] : []),
          ]
        : [`${each.logicalId} is ${each.kind}`],
    ),
    ...[...outputs, ...other].map(
      ({ section, name, before, after, cause }) =>
        `${section}.${name}: ${cause ?? `${JSON.stringify(before)} -> ${JSON.stringify(after)}`}`,
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
      'Hello: Properties.Environment.Variables.TABLE parameter Name changes (update)',
      'Hello: Properties.Environment.Variables.URL parameter Name changes (update)',
      'Orders: Properties.TableName parameter Name changes (replace)',
      'Outputs.Table: parameter Name changes',
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

  it.each(['NoEcho: true, ', 'NoEcho: yes, ', "NoEcho: 'On', ", ''])('is never told (%s)', (mark) => {
    const open = TABLE.replace('NoEcho: true, ', '').replaceAll('BillingMode', 'Stage');
    const marked = TABLE.replace('NoEcho: true, ', mark);
    for (const texts of [marked, [open, marked], [marked, open]] as const)
      expect(JSON.stringify(diffOf(texts, { Secret: 'hunter2' }, { Secret: 'hunter3' }))).not.toContain(
        'hunter',
      );
    expect(lines(marked, { Secret: 'hunter2' }, { Secret: 'hunter3' })).toHaveLength(mark ? 0 : 1);
  });

  it('that the stack does not tell is not known', () => {
    expect(lines(TABLE.replace('NoEcho: true, ', ''), { Secret: '****' }, { Secret: 'x' })).toEqual([]);
  });

  it('is no change where it comes to what was there, whatever it is called', () => {
    const literal = TABLE.replace('!Ref Name', 'a');
    const renamed = TABLE.replaceAll('Name:', 'Other:')
      .replaceAll('TableOther', 'TableName')
      .replaceAll('!Ref Name', '!Ref Other')
      .replaceAll('${Name}', '${Other}');
    expect(lines([literal, TABLE])).toEqual([]);
    expect(lines([TABLE, literal])).toEqual([]);
    expect(lines([TABLE, renamed])).toEqual([]);
    expect(lines([literal, TABLE], {}, { Name: 'b' })).toEqual([
      'Hello: Properties.Environment.Variables.TABLE parameter Name changes (update)',
      'Hello: Properties.Environment.Variables.URL parameter Name changes (update)',
      'Orders: Properties.TableName "a" -> {"Ref":"Name"} (replace)',
      'Outputs.Table: parameter Name changes',
    ]);
    const zones = `
Parameters: { Zones: { Type: CommaDelimitedList } }
Resources:
  Disk: { Type: AWS::EC2::Volume, Properties: { AvailabilityZone: !Select [0, !Ref Zones] } }
`;
    expect(lines(zones, { Zones: 'a, b' }, { Zones: 'a, c' })).toEqual([]);
    expect(lines(zones, { Zones: 'a, b' }, { Zones: 'b, a' })).toEqual([
      'Disk: Properties.AvailabilityZone parameter Zones changes (update)',
    ]);
  });

  it('may make a resource public, or lose what a policy would keep', () => {
    const open = `
Transform: AWS::LanguageExtensions
Parameters: { Auth: { Type: String, Default: NONE }, Who: { Type: String, Default: '*' }, Kept: { Type: String, Default: Delete } }
Resources:
  Url: { Type: AWS::Lambda::Url, Properties: { AuthType: !Ref Auth, TargetFunctionArn: f } }
  Policy: { Type: AWS::SQS::QueuePolicy, Properties: { PolicyDocument: { Statement: { Effect: Allow, Principal: !Ref Who, Action: 'sqs:*' } } } }
`;
    const table = (name: string) =>
      `  T: { Type: AWS::DynamoDB::Table, DeletionPolicy: !Ref Kept, UpdateReplacePolicy: !Ref Kept, Properties: { TableName: ${name} } }\n`;
    const messages = (...given: Parameters<typeof diffOf>) =>
      cautions({ diff: diffOf(...given) } as never).map(
        ({ logicalId, message }) => `${logicalId} ${message}`,
      );
    expect(messages(['Resources: {}', open])).toEqual([
      'Url is open to everybody: function URL without authentication (AuthType)',
      'Policy is open to everybody: sqs:* (PolicyDocument)',
    ]);
    const ports = `${open}  Group: { Type: AWS::EC2::SecurityGroup, Properties: { SecurityGroupIngress: [{ CidrIp: 0.0.0.0/0, FromPort: !Ref Auth, ToPort: !Ref Auth }] } }\n`;
    expect(messages([open, ports])).toEqual([
      'Group is open to everybody: port !Ref Auth from anywhere (SecurityGroupIngress.CidrIp)',
    ]);
    expect(messages([open + table('a'), open])).toEqual([
      'T (AWS::DynamoDB::Table) is deleted with its data',
    ]);
    expect(messages([open + table('a'), open], { Kept: 'Retain' })).toEqual([]);
    expect(messages([open + table('a'), open + table('b')])[0]).toMatch(/its data is lost/);
    expect(messages([open + table('a'), open + table('b')], { Kept: 'Snapshot' })[0]).toMatch(
      /the old one is kept/,
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
      expect.stringMatching(/^Hello: code [0-9a-f]{64} -> [0-9a-f]{64}$/),
    ]);
  });

  it('of a list is one', () => {
    const LIST = `
Parameters: { Zones: { Type: CommaDelimitedList } }
Resources:
  Group: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { AvailabilityZones: !Ref Zones } }
`;
    expect(lines(LIST, { Zones: 'a, b' }, { Zones: 'a, c' })).toEqual([
      'Group: Properties.AvailabilityZones parameter Zones changes (update)',
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
      Description: !If [Either, first, second]
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
      'Hello: Properties.Description {"Fn::If":["Either","first","second"]} -> "first" (update)',
      'Hello: Properties.KmsKeyArn undefined -> "arn" (update)',
      'Outputs.Alarm: undefined -> {"Value":{"Ref":"Alarm"}}',
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
      'Hello: Properties.Description "first" -> {"Fn::If":["Either","first","second"]} (update)',
      'Outputs.Alarm: {"Value":{"Ref":"Alarm"}} -> undefined',
      'Conditions.IsProd: {"Fn::Equals":[{"Ref":"Stage"},"prod"]} -> {"Fn::Equals":[{"Ref":"Stage"},"production"]}',
      'Mappings.Sizes.prod.Memory: 512 -> 1024',
    ]);
  });

  it('that are not known leave both branches as they are', () => {
    const undecided = (branches: string) => `
Parameters: { Key: { Type: String, NoEcho: true } }
Conditions: { HasKey: !Not [!Equals [!Ref Key, '']] }
Resources:
  Topic: { Type: AWS::SNS::Topic, Properties: { KmsMasterKeyId: !If [HasKey, ${branches}] } }
`;
    const [mine, none] = ['!Ref Key', "!Ref 'AWS::NoValue'"];
    expect(lines([undecided(`${mine}, ${none}`), undecided(`${none}, ${mine}`)])).toHaveLength(1);
    expect(lines(undecided(`${mine}, ${none}`))).toEqual([]);
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

  it('have a value for what is not in a mapping', () => {
    const fallback = `
Mappings: { Sizes: { prod: { Memory: 512 } } }
Parameters: { Stage: { Type: String } }
Resources:
  Hello: { Type: AWS::Lambda::Function, Properties: { MemorySize: !FindInMap [Sizes, !Ref Stage, Memory, { DefaultValue: 128 }] } }
`;
    expect(lines(fallback, { Stage: 'prod' }, { Stage: 'dev' })).toEqual([
      'Hello: Properties.MemorySize 512 -> 128 (update)',
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

  it('refer to what is replaced for functions that do not change themselves', () => {
    const table = (name: string) => `
Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Environment: { Variables: { TABLE: !Ref Orders } } } }
Resources:
  Orders: { Type: AWS::DynamoDB::Table, Properties: { TableName: ${name} } }
  Hello: { Type: AWS::Serverless::Function, Properties: { Handler: a.b } }
`;
    expect(lines([table('a'), table('b')])).toEqual([
      'Hello: Properties.Environment.Variables.TABLE Orders is replaced (update)',
      'Orders: Properties.TableName "a" -> "b" (replace)',
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

describe('loops', () => {
  const LOOP = `
Transform: AWS::LanguageExtensions
Parameters: { Names: { Type: CommaDelimitedList, Default: 'orders,users' } }
Resources:
  Fn::ForEach::Tables:
    - Name
    - !Ref Names
    - Table\${Name}: { Type: AWS::DynamoDB::Table, Properties: { TableName: !Ref Name, Tags: [{ Key: of, Value: !Sub 'the \${Name}' }] } }
      Fn::ForEach::Groups:
        - Port
        - ['22', '443']
        - Group\${Name}&{Port}: { Type: AWS::EC2::SecurityGroup, Properties: { SecurityGroupIngress: [{ FromPort: !Ref Port, ToPort: !Ref Port, CidrIp: 10.0.0.0/8 }] } }
`;
  it('are the resources that they make', () => {
    expect(lines(LOOP, {}, { Names: 'orders' })).toEqual([
      'Groupusers22 is removed',
      'Groupusers443 is removed',
      'Tableusers is removed',
    ]);
    const opened = LOOP.replace('10.0.0.0/8', '0.0.0.0/0');
    expect(cautions({ diff: diffOf([LOOP, opened], { Names: 'a' }) } as never)).toEqual([
      {
        kind: 'public',
        logicalId: 'Groupa22',
        message: 'is open to everybody: port 22 from anywhere (SecurityGroupIngress.CidrIp)',
      },
      {
        kind: 'public',
        logicalId: 'Groupa443',
        message: 'is open to everybody: port 443 from anywhere (SecurityGroupIngress.CidrIp)',
      },
    ]);
  });

  it('are the same as what they make', () => {
    const written = `
Resources:
  TopicA: { Type: AWS::SNS::Topic, Properties: { TopicName: a-b } }
`;
    const looped = `
Resources:
  Fn::ForEach::T: [X, [a-b], { 'Topic': { Type: AWS::SNS::Topic, Properties: { TopicName: !Ref X } } }]
`;
    expect(lines([written.replace('TopicA', 'Topic'), looped])).toEqual([]);
  });

  it('go over lists of mappings, and make conditions', () => {
    const mapped = `
Transform: AWS::LanguageExtensions
Parameters: { Stage: { Type: String } }
Mappings: { Tables: { prod: { names: [A, B] }, dev: { names: [A] } } }
Conditions:
  Fn::ForEach::C: [Name, [A, B], { 'Has\${Name}': !Equals [!Ref Stage, prod] }]
Resources:
  Fn::ForEach::T: [Name, !FindInMap [Tables, !Ref Stage, names], { '\${Name}': { Type: AWS::DynamoDB::Table } }]
  Other: { Type: AWS::DynamoDB::Table, Condition: HasB }
`;
    expect(lines(mapped, { Stage: 'prod' }, { Stage: 'dev' })).toEqual(['B is removed', 'Other is removed']);
  });

  it('of functions take in what Globals says', () => {
    const looped = `
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Globals: { Function: { Timeout: 3 } }
Resources:
  Fn::ForEach::F: [Name, [A, B], { 'F\${Name}': { Type: AWS::Serverless::Function } }]
  Plain: { Type: AWS::Serverless::Function }
`;
    expect(lines([looped, looped.replace('Timeout: 3', 'Timeout: 9')])).toEqual(
      ['FA', 'FB', 'Plain'].map((id) => `${id}: Properties.Timeout 3 -> 9 (update)`),
    );
    const unknown = (text: string) =>
      text
        .replace('[Name, [A, B]', '[Name, !Ref Names')
        .replace('Globals', 'Parameters: { Names: { Type: CommaDelimitedList } }\nGlobals');
    expect(lines([unknown(looped), unknown(looped.replace('Timeout: 3', 'Timeout: 9'))])).toEqual([
      'Plain: Properties.Timeout 3 -> 9 (update)',
      'Globals.Function.Timeout: 3 -> 9',
    ]);
  });

  it('over what is not known stay one thing', () => {
    expect(
      lines(
        [LOOP, LOOP.replace('10.0.0.0/8', '0.0.0.0/0')].map((text) =>
          text.replace(", Default: 'orders,users'", ''),
        ) as never,
      ),
    ).toHaveLength(1);
  });
});

describe('what AWS refuses', () => {
  const text = (key: string) => `
Parameters: { Name: { Type: String } }
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      TableName: !Sub '\${Name}-orders'
      KeySchema: [{ AttributeName: ${key}, KeyType: HASH }]
`;
  const told = (then: string, now: string) => {
    const diff = diffOf([text('id'), text('key')], { Name: then }, { Name: now });
    return cautions({ diff, state: 'preview' } as Parameters<typeof cautions>[0]).map(
      ({ message }) => message,
    );
  };
  it('is to replace what keeps the name that it was given', () => {
    expect(told('shop', 'shop')).toContain(
      '(AWS::DynamoDB::Table) cannot be replaced with the same TableName: AWS refuses that; change TableName too',
    );
  });
  it('is not to replace what gets another one', () => {
    expect(told('shop', 'store').join()).not.toContain('refuses');
  });
});
