import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { callName } from '../support/aws-calls.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { startProxy } from '../support/proxy.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

let aws: Emulator;
let proxy: Awaited<ReturnType<typeof startProxy>>;
const mutating: string[] = [];
const settings = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

beforeAll(async () => {
  aws = await startEmulator();
  proxy = await startProxy(aws.endpoint, (_, { method, url, headers, body }) => {
    const call = callName(method, url, headers, body);
    if (call.mutating) mutating.push(call.operation);
  });
  const iam = new IAMClient({ ...settings, endpoint: aws.endpoint });
  const AssumeRolePolicyDocument = '{"Version":"2012-10-17","Statement":[]}';
  await iam.send(new CreateRoleCommand({ RoleName: 'shared-role', AssumeRolePolicyDocument }));
  iam.destroy();
});
afterAll(async () => {
  await proxy.stop();
  await aws.stop();
});

/** Every hook and every decorator, each of which says that it ran. */
const definition = (more = '') => `
import { defineService } from 'sparta-action';
const say = (text: string) => () => console.log('ran ' + text);
export default defineService({
  name: 'traced',
  functions: { hello: { handler: 'hello.py', role: 'shared-role', decorators: [say('lambda decorator')] } },
  resources: { Topic: { Type: 'AWS::SNS::Topic' ${more} } },
  decorators: [say('service decorator')],
  hooks: {
    preBuild: [say('preBuild'), 'echo ran preBuild command'],
    postBuild: say('postBuild'),
    archive: say('archive'),
    preMarshall: say('preMarshall'),
    postMarshall: say('postMarshall'),
    validate: say('validate'),
    rollback: ({ error }) => console.log('ran rollback: ' + error.message),
  },
});
`;

async function run(noop: boolean, config = definition()) {
  const workspace = await makeWorkspace({
    'sparta.config.ts': config,
    'hello.py': 'def handler(event, context):\n    return {}\n',
  });
  mutating.length = 0;
  const env = { ...aws.env, AWS_ENDPOINT_URL: proxy.url };
  const result = await runAction({ workspace: workspace.path, inputs: { noop: String(noop) }, env });
  await workspace.remove();
  const trace = [...result.stdout.matchAll(/^::group::(.*)$|^ *(ran .*)$/gm)].map(
    ([, group, ran]) => group ?? ran,
  );
  return { ...result, trace };
}

/** Stages 1 to 14 of the flow, in its order. */
const UNTIL_UPLOAD = [
  'Load source',
  'Verify roles',
  'Hook PreBuild',
  'ran preBuild',
  'ran preBuild command',
  'Compile',
  'Hook PostBuild',
  'ran postBuild',
  'Package',
  'ran archive',
];
const AFTER_UPLOAD = [
  'Hook PreMarshall',
  'ran preMarshall',
  'Marshal',
  'Lambda decorators',
  'ran lambda decorator',
  'Service decorators',
  'ran service decorator',
  'Hook PostMarshall',
  'ran postMarshall',
  'Hook Validate',
  'ran validate',
];

it('runs every stage once, in the order of the flow, and changes nothing in a preview', async () => {
  const { exitCode, errors, trace } = await run(true);
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: [] });
  expect(trace).toEqual([...UNTIL_UPLOAD, ...AFTER_UPLOAD, 'Preview traced', 'Report']);
  expect(mutating).toEqual([]);
});

it('runs every stage once, in the order of the flow, in a deployment', async () => {
  const { exitCode, errors, trace, outputs } = await run(false);
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: [] });
  expect(outputs.operation).toBe('create');
  expect(trace).toEqual([
    ...UNTIL_UPLOAD,
    'Upload archives',
    ...AFTER_UPLOAD,
    'Look up traced',
    'Upload traced',
    'Create traced',
    'Report',
  ]);
});

const uploaded = async (): Promise<string[]> => {
  const s3 = new S3Client({ ...settings, endpoint: aws.endpoint, forcePathStyle: true });
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: 'sparta-000000000000-us-east-1' }),
  );
  s3.destroy();
  return Contents.map(({ Key = '' }) => Key).sort();
};

it('runs the rollback hooks when the stack fails, and removes what nothing refers to', async () => {
  const before = await uploaded();
  const broken = definition(
    ", Properties: { TopicName: { 'Fn::GetAtt': ['Topic2', 'Nothing'] } } },\n Topic2: { Type: 'AWS::Nothing::AtAll'",
  );
  const { exitCode, trace } = await run(false, broken.replace("'traced'", "'broken'"));
  expect(exitCode).toBe(1);
  expect(trace.filter((line) => line?.startsWith('ran rollback: '))).toHaveLength(1);
  expect(await uploaded()).toEqual(before);
});

it('runs the rollback hooks when a hook fails, which names itself and its line', async () => {
  const failing = definition().replace("say('preMarshall')", "() => { throw new Error('not today'); }");
  const { exitCode, errors, trace } = await run(true, failing);
  expect(exitCode).toBe(1);
  expect(errors).toEqual([
    expect.stringMatching(/^hook preMarshall: not today \(sparta\.config\.ts:13:\d+\)/),
  ]);
  expect(trace.at(-2)).toMatch(/^ran rollback: hook preMarshall: not today/);
});
