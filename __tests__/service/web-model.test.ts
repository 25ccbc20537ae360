/** What CloudFormation would send for a web function of a definition, held against AWS's own model of the Lambda Web API. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { pythonTools } from '../../scripts/venv.ts';
import type { Service } from '../../src/service/types.ts';
import { isObject, type Json, type JsonObject } from '../../src/template/types.ts';
import { propertiesOf } from './declare/support.ts';

const SERVICE: Service = {
  name: 'shop',
  web: {
    site: {
      entry: 'src/server.ts',
      auth: 'application',
      description: 'The shop',
      timeout: 60,
      concurrency: 8,
      environment: { LIMIT: 3 },
      role: 'arn:aws:iam::123456789012:role/web',
      endpoint: 'front',
      maxEnvironments: 10,
      rateLimit: 1000,
      logging: { applicationLevel: 'WARN', systemLevel: 'DEBUG', group: 'logs' },
      networkConnector: 'arn:aws:lambda:eu-central-1:123456789012:network-connector:vpc:1',
      kmsKey: 'arn:aws:kms:eu-central-1:123456789012:key/1',
      functionName: 'shop-site',
    },
  },
};

/** Names of the API begin in lower case; those of variables are the user's. */
const asRequest = (value: Json): Json =>
  Array.isArray(value)
    ? value.map(asRequest)
    : isObject(value)
      ? Object.fromEntries(
          Object.entries(value).map(([name, each]) => [
            `${name.charAt(0).toLowerCase()}${name.slice(1)}`,
            name === 'EnvironmentVariables' ? each : asRequest(each),
          ]),
        )
      : value;

const SCRIPT = `
import json, sys
from botocore.session import Session
from botocore.validate import ParamValidator
model = Session().get_service_model('lambda-web')
def check(operation, params):
    shape = model.operation_model(operation).input_shape
    report = ParamValidator().validate(params, shape)
    return report.generate_report()
print(json.dumps([check(operation, params) for operation, params in json.load(sys.stdin)]))
`;

async function problemsOf(requests: readonly (readonly [string, JsonObject])[]): Promise<string[]> {
  const tools = await pythonTools('sam-cli');
  if ('missing' in tools) throw new Error(tools.missing);
  const running = promisify(execFile)(join(tools.bin, 'python'), ['-c', SCRIPT]);
  running.child.stdin?.end(JSON.stringify(requests));
  return JSON.parse((await running).stdout);
}

it('a revision and an endpoint are requests that the newest model takes', async () => {
  const revision = asRequest(propertiesOf(SERVICE, 'SiteRevision')) as JsonObject;
  const endpoint = {
    ...(asRequest(propertiesOf(SERVICE, 'SiteEndpoint')) as JsonObject),
    revisionWeights: [{ revisionId: '1', weight: 100 }],
  };
  expect(
    await problemsOf([
      ['CreateWebFunctionRevision', revision],
      ['CreateWebFunctionEndpoint', endpoint],
      ['CreateWebFunctionEndpoint', { ...endpoint, memory: 1 }],
    ]),
  ).toEqual(['', '', expect.stringContaining('Unknown parameter in input: "memory"')]);
});
