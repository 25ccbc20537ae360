import { defineService } from 'sparta-action';

export default defineService({
  name: 'http-api',
  description: 'Orders over HTTP',
  functions: {
    order: {
      handler: 'src/order.ts',
      environment: { TABLE: { Ref: 'Orders' } },
      role: { privileges: [{ actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], resource: 'Orders' }] },
    },
    // A role that the account's owners made: it is looked up, and has to be there.
    health: { handler: 'src/health.ts', role: 'http-api-health' },
    guard: { handler: 'src/guard.ts' },
  },
  apis: {
    orders: {
      kind: 'http',
      routes: {
        'GET /orders/{id}': 'order',
        'POST /orders': { function: 'order', authorizer: 'guard', throttling: { rate: 10, burst: 20 } },
        'GET /status': 'health',
      },
      authorizers: { guard: { kind: 'lambda', function: 'guard', simple: true, ttl: 0 } },
      cors: { origins: ['https://shop.example.com'], methods: ['GET', 'POST'], headers: ['Authorization'] },
      throttling: { rate: 100, burst: 200 },
      accessLogs: { retention: 30 },
    },
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
});
