import { choice, defineService, fail, map, succeed, task, workflow } from 'sparta-action';

export default defineService({
  name: 'workflow',
  functions: {
    charge: { handler: 'src/charge.ts' },
    pack: { handler: 'src/pack.ts' },
  },
  stateMachines: {
    order: {
      definition: workflow([
        task('Charge', {
          function: 'charge',
          retry: [{ errors: ['Lambda.TooManyRequestsException'], interval: 1, attempts: 5, backoff: 2 }],
          catch: [{ errors: ['States.ALL'], next: 'Refused' }],
        }),
        choice('Paid?', [{ when: { Variable: '$.paid', BooleanEquals: true }, next: 'Store' }], 'Refused'),
        task('Store', {
          integration: 'dynamodb:putItem',
          parameters: { TableName: { Ref: 'Orders' }, Item: { id: { 'S.$': '$.id' } } },
          fields: { ResultPath: null },
        }),
        map('Each item', [task('Pack', { function: 'pack' })], { items: '$.items' }),
        succeed('Sent'),
        fail('Refused', 'Refused', 'The order was not paid'),
      ]),
      logging: { level: 'ERROR', retention: 30 },
    },
    // The same language as a file, for what is drawn elsewhere.
    refund: { file: 'refund.asl.yml', type: 'EXPRESS' },
  },
  resources: {
    Orders: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
    },
  },
  outputs: {
    OrderStateMachine: { Value: { Ref: 'OrderStateMachine' } },
    Orders: { Value: { Ref: 'Orders' } },
  },
});
