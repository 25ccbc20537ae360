import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { StackAssembly } from '../../src/assembly/types.ts';
import type { Aws } from '../../src/aws/connection/clients.ts';
import { knownPartition } from '../../src/regions.ts';
import { enterEnvironment } from '../../src/stages/enter-environment.ts';
import { connectTo, lines } from '../aws/support.ts';

const ACCOUNT = '123456789012';
const ROLE = `arn:\${AWS::Partition}:iam::${ACCOUNT}:role/lookup`;

let server: Server;
let aws: Aws;
let calls: string[];
/** Codes of errors, by operation. */
let refused: Readonly<Record<string, string>>;
beforeEach(async () => {
  calls = [];
  refused = {};
  server = createServer(async (incoming, reply) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const asked = new URLSearchParams(Buffer.concat(chunks).toString());
    const action = asked.get('Action') ?? '';
    calls.push(action);
    const code = refused[action];
    reply.setHeader('content-type', 'text/xml');
    if (code !== undefined) {
      reply.statusCode = 403;
      reply.end(
        `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
      );
      return;
    }
    const role = (asked.get('RoleArn') ?? '').replace(':iam:', ':sts:').replace(':role/', ':assumed-role/');
    const answers: Readonly<Record<string, string>> = {
      AssumeRole: `<Credentials><AccessKeyId>A</AccessKeyId><SecretAccessKey>B</SecretAccessKey><SessionToken>C</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser><Arn>${role}/me</Arn></AssumedRoleUser>`,
      GetCallerIdentity: `<Account>${ACCOUNT}</Account><Arn>arn:aws:iam::${ACCOUNT}:user/me</Arn>`,
    };
    reply.end(
      `<${action}Response><${action}Result>${answers[action] ?? ''}</${action}Result></${action}Response>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  aws = await connectTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const stackIn = (environment: NonNullable<StackAssembly['environment']>) =>
  ({
    stackName: 'orders',
    environment,
    roles: { lookup: { arn: ROLE } },
    nested: [],
    assets: [],
  }) as unknown as StackAssembly;

const enter = (environment: NonNullable<StackAssembly['environment']>, log = lines()) =>
  enterEnvironment(stackIn(environment), { aws, purpose: 'read' }, log);

it('asks for nothing but the role where the source says where the stack belongs', async () => {
  const entered = await enter({ account: ACCOUNT, region: 'eu-west-1' });
  expect(calls).toEqual(['AssumeRole']);
  expect(entered.environment).toEqual({ account: ACCOUNT, region: 'eu-west-1', partition: 'aws' });
  expect(await entered.aws.identity()).toMatchObject({
    account: ACCOUNT,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/lookup/me`,
  });
  expect(calls).toEqual(['AssumeRole']);
});

it.each([
  ['an account', {}],
  ['a region of a partition that is known', { account: ACCOUNT, region: 'moon-base-1' }],
])('asks first whose credentials these are where the source does not say %s', async (_, environment) => {
  const entered = await enter(environment);
  expect(calls).toEqual(['GetCallerIdentity', 'AssumeRole']);
  expect(entered.environment).toMatchObject({ account: ACCOUNT, partition: 'aws' });
});

it('goes on with its own credentials where the role may not be assumed', async () => {
  refused = { AssumeRole: 'AccessDenied' };
  const log = lines();
  const entered = await enter({ account: ACCOUNT, region: 'eu-west-1' }, log);
  expect(calls).toEqual(['AssumeRole', 'GetCallerIdentity']);
  expect(entered.aws.sessions).toBeUndefined();
  expect(log.lines.join()).toContain(
    `role/lookup is not assumed; our own credentials are used instead (assuming the role`,
  );
});

it('says that the credentials are no good, and tries them once for all stacks', async () => {
  refused = { AssumeRole: 'InvalidClientTokenId', GetCallerIdentity: 'InvalidClientTokenId' };
  const first = enter({ account: ACCOUNT, region: 'eu-west-1' });
  await expect(first).rejects.toThrow('asking AWS whose credentials these are');
  await expect(enter({ account: ACCOUNT, region: 'us-east-1' })).rejects.toThrow(
    'asking AWS whose credentials these are',
  );
  expect(calls).toEqual(['AssumeRole', 'GetCallerIdentity']);
});

it.each([
  ['ap-southeast-7', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['eusc-de-east-1', 'aws-eusc'],
  ['us-iso-east-1', undefined],
  ['us-isob-east-1', undefined],
  ['eu-isoe-west-1', undefined],
])('knows the partition of %s', (region, partition) => expect(knownPartition(region)).toBe(partition));
