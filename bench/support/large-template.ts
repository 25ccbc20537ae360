const RESOURCES = 500;
const ACTIONS = ['GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem', 'DeleteItem'];

/**
 * A template of as many resources as a stack takes, about 800 KB of YAML: functions, their roles and tables, written as
 * authors write them, with short forms, comments, quoted texts and blocks.
 */
export function largeTemplate(): string {
  const resources = Array.from({ length: RESOURCES }, (_, index) =>
    [tableOf, functionOf, roleOf][index % 3]?.(index),
  );
  return `AWSTemplateFormatVersion: '2010-09-09'
Description: Orders, in many functions
Parameters:
  Stage:
    Type: String
    Default: dev
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
${resources.join('')}`;
}

/** The table before a function or a role. */
const table = (index: number): string => `Resource${index - (index % 3)}`;

function functionOf(index: number): string {
  const settings = range(
    22,
    (each) => `          SETTING_${each}: "value ${index} ${each} of the settings"\n`,
  );
  const role = Math.min(index + 1, RESOURCES - 1);
  return `  # Takes an order.
  Resource${index}:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: !Sub '\${AWS::StackName}-${index}'
      Handler: index.handler
      Runtime: nodejs24.x
      MemorySize: 512
      Timeout: 30
      Role: ${role % 3 === 2 ? `!GetAtt Resource${role}.Arn` : 'arn:aws:iam::123456789012:role/orders'}
      Code:
        S3Bucket: !Sub 'assets-\${AWS::AccountId}-\${AWS::Region}'
        S3Key: prefix/${index.toString(16).padStart(64, '0')}.zip
      Environment:
        Variables:
${settings}          TABLE: !If [IsProd, !Ref ${table(index)}, other]
      Tags:
        - Key: team
          Value: orders
        - {Key: stage, Value: !Ref Stage}
`;
}

function roleOf(index: number): string {
  const actions = ACTIONS.map((action) => `                  - dynamodb:${action}\n`).join('');
  const policies = range(
    2,
    (each) => `        - PolicyName: policy${each}
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action:
${actions}                Resource: !Sub
                  - 'arn:\${AWS::Partition}:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/\${name}'
                  - name: !Ref ${table(index)}
`,
  );
  return `  Resource${index}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal:
              Service: lambda.amazonaws.com
            Action: sts:AssumeRole
      Policies:
${policies}`;
}

function tableOf(index: number): string {
  const attributes = range(
    8,
    (each) => `        - AttributeName: attribute${each}
          AttributeType: S
`,
  );
  const indexes = range(
    5,
    (each) => `        - IndexName: by-${each}
          KeySchema:
            - AttributeName: attribute${each}
              KeyType: HASH
          Projection:
            ProjectionType: ALL
`,
  );
  const tags = range(
    3,
    (each) => `        - Key: tag${each}
          Value: |
            a text of several lines
            for tag ${each}
`,
  );
  return `  Resource${index}:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
${attributes}      KeySchema:
        - AttributeName: attribute0
          KeyType: HASH
      GlobalSecondaryIndexes:
${indexes}      Tags:
${tags}`;
}

const range = (length: number, text: (index: number) => string): string =>
  Array.from({ length }, (_, index) => text(index)).join('');
