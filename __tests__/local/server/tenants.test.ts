import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { functionsOf } from '../../../src/local/functions/from-template.ts';
import type { Endpoint } from '../../../src/local/server/endpoint.ts';
import { startLambdaApi } from '../../../src/local/server/lambda-api.ts';
import { fixtures, localFunction, type TestHost, testHost } from '../functions.ts';

const functions = [
  localFunction({ logicalId: 'Node', handler: 'tenant.handler', tenantIsolation: true }),
  localFunction({
    logicalId: 'Python',
    runtime: 'python3.14',
    handler: 'tenant.handler',
    code: { kind: 'directory', path: join(fixtures, 'python') },
    tenantIsolation: true,
  }),
  localFunction({ logicalId: 'Shared', handler: 'tenant.handler' }),
];
let host: TestHost;
let endpoint: Endpoint;
let client: LambdaClient;
beforeAll(async () => {
  host = testHost(functions);
  endpoint = await startLambdaApi(host);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new LambdaClient({ endpoint: endpoint.url, region: 'us-east-1', credentials, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await endpoint.stop();
  await host.stop();
});

async function call(FunctionName: string, TenantId?: string): Promise<unknown> {
  const { Payload = [] } = await client.send(new InvokeCommand({ FunctionName, TenantId }));
  return JSON.parse(Buffer.from(Payload).toString());
}

it.each(['Node', 'Python'])('gives each tenant an environment of its own: %s', async (name) => {
  expect(await call(name, 'blue')).toEqual({ tenant: 'blue', calls: 1 });
  expect(await call(name, 'green')).toEqual({ tenant: 'green', calls: 1 });
  expect(await call(name, 'blue')).toEqual({ tenant: 'blue', calls: 2 });
});

it('refuses calls that name no tenant, or one where there are none, as Lambda does', async () => {
  const wrong = { name: 'InvalidParameterValueException', $metadata: { httpStatusCode: 400 } };
  await expect(call('Node')).rejects.toMatchObject(wrong);
  await expect(call('Shared', 'blue')).rejects.toMatchObject(wrong);
  expect(await call('Shared')).toEqual({ tenant: null, calls: 1 });
  await expect(host.invoke(functions[0] ?? localFunction(), '{}')).rejects.toThrow(/the call names none/);
});

it('is read from templates', () => {
  const [found] = functionsOf(
    {
      Resources: {
        Orders: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Runtime: 'nodejs24.x',
            Handler: 'index.handler',
            Code: { ZipFile: 'exports.handler = async () => 1' },
            TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
          },
        },
      },
    },
    [],
    { directory: '/repository' },
  );
  expect(found).toMatchObject({ logicalId: 'Orders', tenantIsolation: true });
});
