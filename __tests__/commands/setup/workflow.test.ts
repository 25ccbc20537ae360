import { expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { secretName, type WorkflowPlan, workflowText } from '../../../src/commands/setup/workflow.ts';
import { type InputName, parseInputs } from '../../../src/inputs.ts';
import { inputContext } from '../../../src/read-inputs.ts';
import { flagsOf } from '../../../src/terminal/command-flags.ts';

interface Step {
  readonly uses?: string;
  readonly if?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
  readonly with?: Readonly<Record<string, string>>;
}

const PLAN: WorkflowPlan = {
  stackName: 'orders',
  region: 'eu-central-1',
  repository: {
    host: 'github.com',
    owner: 'acme',
    name: 'orders',
    ids: undefined,
    root: '/orders',
    defaultBranch: 'main',
    environments: [],
    doubts: [],
  },
  environment: undefined,
  roles: { preview: 'arn:preview', deployment: 'arn:deployment', execution: undefined },
  folder: '',
  isCdk: false,
  hidden: [],
};

const inputsOf = (given: Readonly<Partial<Record<InputName, string>>>) =>
  parseInputs((name) => given[name], inputContext('/orders', '.'));

async function jobs(plan: Partial<WorkflowPlan>, given: Readonly<Partial<Record<InputName, string>>> = {}) {
  const text = workflowText({ ...PLAN, ...plan }, await inputsOf(given));
  return {
    text,
    ...(parse(text) as { jobs: Record<'preview' | 'deploy', { steps: readonly Step[] }> }).jobs,
  };
}

const settings = ({ steps }: { readonly steps: readonly Step[] }) => steps.at(-1)?.with ?? {};

/** A value for every flag that is a setting of the workflow's last step. */
const GIVEN: Readonly<Partial<Record<InputName, string>>> = {
  source: 'app.yaml',
  stacks: 'One Two',
  's3-bucket': 'archives-of-acme',
  's3-prefix': 'shop/',
  'ecr-repository': 'team/orders',
  'create-ecr-repository': 'true',
  stage: 'prod',
  attest: 'true',
  'build-tags': 'one,two',
  ldflags: '-X main.version=1',
  dockerfile: 'Dockerfile.lambda',
  'container-tool': 'podman',
  parameters: 'Stage=prod',
  'rollback-alarms': 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:errors',
  inplace: 'true',
  drift: 'true',
  validate: 'true',
  timeout: '90',
  cache: 'false',
  'allow-untrusted-code': 'true',
  'allow-outside-workspace': 'true',
};

it('writes everything that was said about the deployment into both jobs', async () => {
  const elsewhere: readonly InputName[] = [
    'command',
    'working-directory',
    'stack-name',
    'region',
    'role-arn',
    'deployment-environment',
    'deploy',
    'log-level',
  ];
  expect([...Object.keys(GIVEN), ...elsewhere].sort()).toEqual([...flagsOf('setup')].sort());
  const { preview, deploy } = await jobs({}, GIVEN);
  for (const job of [preview, deploy]) expect(settings(job)).toMatchObject(GIVEN);
  // Nothing is written that is as it is anyway.
  expect(Object.keys(settings((await jobs({})).deploy))).toEqual(['stack-name', 'deployment-role']);
});

it('never writes the value of a parameter that is not to be shown, and stops where its secret is missing', async () => {
  const { text, preview, deploy } = await jobs(
    { hidden: ['DbPassword', 'NotGiven'] },
    { parameters: 'DbPassword=hunter2\nStage=prod' },
  );
  expect(text).not.toContain('hunter2');
  const lines = 'DbPassword=${{ secrets.ORDERS_DB_PASSWORD }}\nStage=prod\n';
  expect([settings(preview).parameters, settings(deploy).parameters]).toEqual([lines, lines]);
  const checks = ({ steps }: typeof deploy) => steps.filter(({ run }) => run?.includes('is not set'));
  expect(checks(preview)).toEqual([]);
  expect(checks(deploy).map(({ env }) => env)).toEqual([{ VALUE: '${{ secrets.ORDERS_DB_PASSWORD }}' }]);
});

it.each([
  ['orders', 'DbPassword', 'ORDERS_DB_PASSWORD'],
  ['my-shop', 'apiKey2', 'MY_SHOP_API_KEY2'],
  ['github-bot', 'Token', 'STACK_GITHUB_BOT_TOKEN'],
])('calls the secret of %s %s %s', (stack, parameter, name) => {
  expect(secretName(stack, parameter)).toBe(name);
});

it('writes values of parameters so that they are read as they were given', async () => {
  const parameters = { Blank: ' x ', Quoted: '"q"', Apostrophe: "it's", Equals: 'a=b', Empty: '' };
  const { deploy } = await jobs({}, { parameters: JSON.stringify(parameters) });
  const again = await inputsOf({ parameters: settings(deploy).parameters ?? '' });
  expect(again.parameters?.values).toEqual(parameters);
});

it.each(['two\nlines', '${{ secrets.OTHER }}', `'"`])(
  'refuses the value %j, which no line can hold',
  async (value) => {
    await expect(jobs({}, { parameters: JSON.stringify({ Text: value }) })).rejects.toThrow(
      'the workflow cannot hold its value',
    );
  },
);

it('drops no deployment while another one runs, in an environment or not', async () => {
  const concurrency = { group: 'deploy-orders', queue: 'max' };
  expect((await jobs({})).deploy).toMatchObject({ concurrency });
  expect((await jobs({ environment: 'prod: eu' })).deploy).toMatchObject({
    environment: 'prod: eu',
    concurrency,
  });
});

it('signs in everywhere but for pull requests from forks', async () => {
  const { preview, deploy } = await jobs({});
  const signIn = ({ steps }: typeof deploy) => steps.find(({ uses }) => uses?.includes('credentials'));
  expect(signIn(preview)?.if).toBe('github.event.pull_request.head.repo.full_name == github.repository');
  expect(signIn(deploy)).not.toHaveProperty('if');
});

it('synthesises a CDK application where it is', async () => {
  const synth = async (folder: string) =>
    (await jobs({ isCdk: true, folder })).deploy.steps.find(({ run }) => run?.includes('cdk synth'));
  expect(await synth('services/shop')).toMatchObject({ 'working-directory': 'services/shop' });
  expect(await synth('')).not.toHaveProperty('working-directory');
});

it('writes no empty map where the action needs no setting', async () => {
  const { text, preview, deploy } = await jobs({
    isCdk: true,
    roles: { preview: 'arn:preview', deployment: 'arn:deployment', execution: undefined },
  });
  for (const { steps } of [preview, deploy]) expect(steps.at(-1)).toEqual({ uses: 'org/sparta-action@v1' });
  expect(text).not.toMatch(/with:\n(?! {10})/);
});
