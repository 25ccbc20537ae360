import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '../../../../src/aws/connection/clients.ts';
import { policyDocument } from '../../../../src/policies/documents.ts';
import { templateNeeds } from '../../../../src/policies/needs.ts';
import type { PolicyPlace } from '../../../../src/policies/place.ts';
import { executionPolicy } from '../../../../src/policies/roles.ts';
import { lackingPermissions } from '../../../../src/stages/plan/permissions/lacking.ts';
import type { JsonObject } from '../../../../src/template/types.ts';
import { lines } from '../../../aws/support.ts';
import { awsRequest } from '../../../support/aws-request.ts';
import { type Emulator, startEmulator } from '../../../support/emulator.ts';
import { startProxy } from '../../../support/proxy.ts';
import { HARMLESS, PREPARED } from './cases.ts';

const place: PolicyPlace = {
  partition: 'aws',
  region: 'us-east-1',
  account: '000000000000',
  stackName: 'orders',
  artifacts: { bucket: 'sparta-000000000000-us-east-1', prefix: 'orders/' },
};
const facts = {
  place,
  functions: false,
  images: false,
  nested: false,
  transforms: false,
  lookedUpRoles: [],
  assumed: undefined,
  ownBucket: false,
  createRepository: false,
  repository: 'orders',
  executionRole: undefined,
  rollbackAlarms: false,
  checkedRoles: [],
};
const ROLE = 'arn:aws:iam::000000000000:role/deployment';

let aws: Emulator;
/** Where IAM does not simulate for whoever asks. */
let forbidding: Awaited<ReturnType<typeof startProxy>>;
let roles = 0;

beforeAll(async () => {
  aws = await startEmulator();
  forbidding = await startProxy(aws.endpoint, (name) =>
    name === 'SimulatePrincipalPolicy'
      ? {
          status: 403,
          body: '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
        }
      : undefined,
  );
});
afterAll(async () => {
  await forbidding.stop();
  await aws.stop();
});

/** A role with policies of its own, half of them attached. */
async function makeRole(statements: readonly unknown[], boundary?: readonly unknown[]): Promise<string> {
  const RoleName = `deployment${++roles}`;
  const iam = (form: Record<string, string>) =>
    awsRequest(aws.endpoint, 'iam', { form: { Version: '2010-05-08', ...form } });
  const document = (all: readonly unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement: all });
  const managed = async (PolicyName: string, all: readonly unknown[]): Promise<string> => {
    await iam({ Action: 'CreatePolicy', PolicyName, PolicyDocument: document(all) });
    return `arn:aws:iam::000000000000:policy/${PolicyName}`;
  };
  const limit = boundary && (await managed(`${RoleName}-boundary`, boundary));
  await iam({
    Action: 'CreateRole',
    RoleName,
    AssumeRolePolicyDocument: document([]),
    ...(limit && { PermissionsBoundary: limit }),
  });
  const half = Math.ceil(statements.length / 2);
  await iam({
    Action: 'PutRolePolicy',
    RoleName,
    PolicyName: 'own',
    PolicyDocument: document(statements.slice(0, half)),
  });
  if (half < statements.length) {
    const PolicyArn = await managed(`${RoleName}-more`, statements.slice(half));
    await iam({ Action: 'AttachRolePolicy', RoleName, PolicyArn });
  }
  return `${ROLE}${roles}`;
}

async function lackingOf(
  change: { readonly before?: JsonObject; readonly after: JsonObject; readonly tags?: true },
  role: string,
  way: 'simulated' | 'read',
): Promise<readonly string[]> {
  const endpoint = way === 'simulated' ? aws.endpoint : forbidding.url;
  process.env.AWS_ENDPOINT_URL = endpoint;
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'not-a-secret';
  const found = await lackingPermissions(
    {
      facts,
      templates: [
        {
          before: change.before && { Resources: change.before },
          after: { Resources: change.after },
        },
      ],
      tags: change.tags === true,
    },
    { deployment: undefined, execution: role },
    {
      aws: await connect({ region: 'us-east-1', env: process.env, version: 'test' }),
      log: lines(),
      signal: new AbortController().signal,
    },
  );
  return found.filter(({ isSure }) => isSure).map(({ action }) => action);
}

describe.each(['simulated', 'read'] as const)('where the role is %s', (way) => {
  it.each(PREPARED)('finds the one permission that is missing: $what', async (change) => {
    const { needs } = templateNeeds({ Resources: { ...change.before, ...change.after } }, place);
    const all = executionPolicy({ needs, facts: [] }).Statement;
    const without = policyDocument(
      all.map((each) => ({ ...each, Action: each.Action.filter((action) => action !== change.lacks) })),
    );
    expect(without.Statement).not.toEqual(all);
    expect(await lackingOf(change, await makeRole(without.Statement), way)).toEqual([change.lacks]);
    expect(await lackingOf(change, await makeRole(all), way)).toEqual([]);
  });

  it.each(HARMLESS)('finds nothing: $what', async (change) => {
    expect(await lackingOf(change, await makeRole(change.statements, change.boundary), way)).toEqual([]);
  });
});

it('prepares 20 of each, at least', () => {
  expect(Math.min(PREPARED.length, HARMLESS.length)).toBeGreaterThanOrEqual(20);
});
