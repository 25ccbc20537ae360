/** The machine of docs/state-machines.md, by `invoke` and in a smoke test. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeWorkspace, runAction } from '../support/runner.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/state-machines.md'), 'utf8');
const [, smokeTest = ''] = /```json\n(.*?)```/s.exec(page) ?? [];

const role = 'arn:aws:iam::123456789012:role/any';
const template = {
  Resources: {
    Greet: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: role,
        Code: { ZipFile: 'exports.handler = async (name) => `Hello ${name}`;' },
      },
    },
    Orders: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        RoleArn: role,
        Definition: {
          QueryLanguage: 'JSONata',
          StartAt: 'Each',
          States: {
            Each: {
              Type: 'Map',
              Items: '{% $states.input.names %}',
              ItemProcessor: {
                StartAt: 'Greet',
                States: {
                  Greet: { Type: 'Task', Resource: { 'Fn::GetAtt': ['Greet', 'Arn'] }, Next: 'Pause' },
                  Pause: { Type: 'Wait', Seconds: 3600, End: true },
                },
              },
              Next: 'Tell',
            },
            Tell: {
              Type: 'Task',
              Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
              Arguments: {
                FunctionName: { Ref: 'Greet' },
                Payload: { token: '{% $states.context.Task.Token %}' },
              },
              TimeoutSeconds: 86_400,
              Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }],
              Output: { approval: '{% $states.result %}' },
              End: true,
            },
            Late: { Type: 'Pass', Output: 'late', End: true },
          },
        },
      },
    },
  },
};

let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
beforeAll(async () => {
  workspace = await makeWorkspace({
    'template.json': JSON.stringify(template),
    'events/Orders/of-two.json': smokeTest,
  });
});
afterAll(() => workspace.remove());

const invoke = (inputs: Readonly<Record<string, string>>) =>
  runAction({ workspace: workspace.path, inputs: { command: 'invoke', ...inputs } });

it('is invoked, and waits a day in no time', async () => {
  const { errors, outputs, stdout } = await invoke({ function: 'Orders', event: '{"names": ["a", "b"]}' });
  expect(errors).toEqual([]);
  expect(outputs.response).toBe('"late"');
  expect(stdout).toMatch(/of Orders: SUCCEEDED after 1d 1h, 3 invocations/);
  expect(stdout).toMatch(/Tell +callback +FAILED +1d +States\.Timeout/);
});

it('is what a smoke test expects', async () => {
  const { errors, stdout } = await invoke({ events: 'events/**/*.json', 'fail-on': 'smoke' });
  expect(errors).toEqual([]);
  expect(stdout).toContain('passed: events/Orders/of-two.json');
});

it('is named where the name of none is given', async () => {
  const { exitCode, errors } = await invoke({ function: 'Order' });
  expect(exitCode).toBe(1);
  expect(errors.join()).toContain(
    '"Order" is not the name of one function or state machine: there are Greet, Orders',
  );
});
