import { describe, expect, it } from '@jest/globals';
import {
  choice,
  fail,
  map,
  parallel,
  pass,
  succeed,
  task,
  wait,
  workflow,
} from '../../../src/service/index.ts';
import type { Service } from '../../../src/service/types.ts';
import type { Data } from '../../../src/service/values.ts';
import type { StateMachineDefinition } from '../../../src/service/workflow-types.ts';
import type { JsonObject } from '../../../src/template/types.ts';
import { faultsOf, lint, propertiesOf, templateOf } from './support.ts';

const of = (machine: StateMachineDefinition): Service => ({
  name: 'shop',
  functions: { charge: { handler: 'charge.ts' } },
  stateMachines: { order: machine },
  resources: {
    Orders: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
    },
    Jobs: { Type: 'AWS::SQS::Queue' },
    News: { Type: 'AWS::SNS::Topic' },
  },
});
const asl = (StartAt: string, States: Data): StateMachineDefinition => ({ definition: { StartAt, States } });

const everything = workflow(
  [
    task('Charge', {
      function: 'charge',
      timeout: 30,
      retry: [
        {
          errors: ['Lambda.TooManyRequestsException'],
          interval: 1,
          attempts: 3,
          backoff: 2,
          jitter: true,
          maxDelay: 30,
        },
      ],
      catch: [{ next: 'Refused', resultPath: '$.error' }],
    }),
    choice('Paid?', [{ when: { Variable: '$.paid', BooleanEquals: true }, next: 'Store' }], 'Refused'),
    task('Store', {
      integration: 'dynamodb:putItem',
      parameters: { TableName: { Ref: 'Orders' }, Item: { id: { 'S.$': '$.id' } } },
      fields: { ResultPath: null },
    }),
    parallel('Tell', [
      [
        task('Queue', {
          integration: 'sqs:sendMessage',
          parameters: { QueueUrl: { Ref: 'Jobs' }, 'MessageBody.$': '$' },
        }),
      ],
      [
        wait('A moment', { seconds: 1 }),
        task('Publish', {
          integration: 'sns:publish',
          parameters: { TopicArn: { Ref: 'News' }, 'Message.$': '$.id' },
        }),
      ],
      [
        task('Announce', {
          integration: 'events:putEvents',
          parameters: { Entries: [{ Source: 'shop', DetailType: 'paid', Detail: {} }] },
        }),
      ],
    ]),
    map('Items', [pass('Pack', { result: { a: '${not a variable}' } })], {
      items: '$.items',
      concurrency: 5,
    }),
    succeed('Done'),
    fail('Refused', 'Refused', 'The card was refused'),
  ],
  { comment: 'An order', timeout: 600 },
);

describe('a workflow', () => {
  const service = of({ definition: everything, logging: { level: 'ERROR', retention: 7 }, tracing: true });

  it('is something that CloudFormation takes', async () => {
    expect(faultsOf(service)).toEqual([]);
    expect(await lint({ workflow: templateOf(service) })).toEqual([]);
  });
  it('calls what its names stand for, and nothing else may be called', () => {
    const { DefinitionString } = propertiesOf(service, 'OrderStateMachine');
    const [text, variables] = (DefinitionString as { 'Fn::Sub': [string, JsonObject] })['Fn::Sub'];
    const definition = JSON.parse(text);
    expect(definition.States.Charge.Parameters.FunctionName).toBe('${Value1}');
    expect(variables.Value1).toEqual({ 'Fn::GetAtt': ['Charge', 'Arn'] });
    expect(definition.States.Charge.Resource).toBe('arn:${AWS::Partition}:states:::lambda:invoke');
    expect(definition.States.Items.ItemProcessor.States.Pack.Result.a).toBe('${!not a variable}');
    const [policy] = propertiesOf(service, 'OrderStateMachineRole').Policies as {
      PolicyDocument: { Statement: { Action: string[]; Resource: Data[] }[] };
    }[];
    const allowed = (policy?.PolicyDocument.Statement ?? []).filter(
      ({ Action: [first = ''] }) => !/^(xray|logs):/.test(first),
    );
    expect(allowed.map(({ Action, Resource }) => [Action, Resource[0]])).toEqual([
      [['lambda:InvokeFunction'], { 'Fn::GetAtt': ['Charge', 'Arn'] }],
      [['dynamodb:PutItem'], { 'Fn::GetAtt': ['Orders', 'Arn'] }],
      [['sqs:SendMessage'], { 'Fn::GetAtt': ['Jobs', 'Arn'] }],
      [['sns:Publish'], { Ref: 'News' }],
      [['events:PutEvents'], expect.objectContaining({ 'Fn::Sub': expect.anything() })],
    ]);
  });
  it('goes from each state to the next in the list', () => {
    const { StartAt, States } = workflow([
      pass('A'),
      pass('B', { next: 'D' }),
      pass('C', { end: true }),
      pass('D'),
    ]);
    expect([StartAt, States]).toEqual([
      'A',
      {
        A: { Type: 'Pass', Next: 'B' },
        B: { Type: 'Pass', Next: 'D' },
        C: { Type: 'Pass', End: true },
        D: { Type: 'Pass', End: true },
      },
    ]);
  });
  it('has no two states of one name', () => {
    expect(() => workflow([pass('A'), pass('B'), pass('A')])).toThrow(
      'A: two states of the workflow have this name',
    );
  });
});

describe('faults', () => {
  const end = { Type: 'Pass', End: true };
  const cases: [string, StateMachineDefinition, string[]][] = [
    [
      'no states',
      { definition: { StartAt: 'A' } },
      ['stateMachines.order.definition: there are no states. Add States.'],
    ],
    [
      'nothing at all',
      {},
      ['stateMachines.order: the state machine has no states. Give definition or file.'],
    ],
    [
      'a start and a transition to nowhere',
      asl('Strat', { Start: { Type: 'Pass', Next: 'Edn' }, End: end }),
      [
        'stateMachines.order.definition.StartAt: there is no state Strat here. Write Start if that is meant.',
        'stateMachines.order.definition.States.Start: nothing leads to the state Start. Remove it, or go on to it.',
        'stateMachines.order.definition.States.End: nothing leads to the state End. Remove it, or go on to it.',
      ],
    ],
    [
      'a transition to nowhere',
      asl('A', { A: { Type: 'Pass', Next: 'Bee' }, Be: end }),
      [
        'stateMachines.order.definition.States.A.Next: there is no state Bee here. Write Be if that is meant.',
        'stateMachines.order.definition.States.Be: nothing leads to the state Be. Remove it, or go on to it.',
      ],
    ],
    [
      'a loop that nothing leads into',
      asl('A', { A: end, B: { Type: 'Pass', Next: 'C' }, C: { Type: 'Pass', Next: 'B' } }),
      [
        'stateMachines.order.definition.States.B: nothing leads to the state B. Remove it, or go on to it.',
        'stateMachines.order.definition.States.C: nothing leads to the state C. Remove it, or go on to it.',
      ],
    ],
    [
      'a name that an inner state has as well',
      asl('A', { A: { Type: 'Parallel', End: true, Branches: [{ StartAt: 'A', States: { A: end } }] } }),
      [
        'stateMachines.order.definition.States.A.Branches[0].States.A: two states are called A. Rename one of them.',
      ],
    ],
    [
      'a transition out of a branch',
      asl('P', {
        P: {
          Type: 'Parallel',
          Next: 'Z',
          Branches: [{ StartAt: 'Inner', States: { Inner: { Type: 'Pass', Next: 'Z' } } }],
        },
        Z: end,
      }),
      [
        'stateMachines.order.definition.States.P.Branches[0].States.Inner.Next: there is no state Z here. Name one of Inner.',
      ],
    ],
    [
      'a state that does not say what follows',
      asl('A', { A: { Type: 'Pass' } }),
      [
        'stateMachines.order.definition.States.A: the state does not say what follows. Give it one of Next and End: true.',
      ],
    ],
    [
      'a type that there is not',
      asl('A', { A: { Type: 'Tsak', End: true } }),
      [
        'stateMachines.order.definition.States.A: Tsak is no type of state. Types are Task, Pass, Wait, Choice, Parallel, Map, Succeed, Fail.',
      ],
    ],
    [
      'a call whose permissions are not known',
      asl('A', { A: { Type: 'Task', End: true, Resource: 'arn:aws:states:::aws-sdk:s3:getObject' } }),
      [
        'stateMachines.order.definition.States.A: calls arn:aws:states:::aws-sdk:s3:getObject, whose permissions are not known. Say in privileges of the state machine what it may do.',
      ],
    ],
  ];
  it.each(cases)('%s', (_, machine, faults) => expect(faultsOf(of(machine))).toEqual(faults));

  it('none where privileges say it', () => {
    const machine = asl('A', {
      A: { Type: 'Task', End: true, Resource: 'arn:aws:states:::aws-sdk:s3:getObject' },
    });
    expect(
      faultsOf(of({ ...machine, privileges: [{ actions: ['s3:GetObject'], resource: 'arn:aws:s3:::a/*' }] })),
    ).toEqual([]);
  });
});
