import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machinesOf } from '../../../src/local/state-machines/from-template.ts';
import type { JsonObject, Template } from '../../../src/template/types.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'definitions-'));
  await writeFile(
    join(directory, 'machine.yaml'),
    "StartAt: It\nStates:\n  It: {Type: Task, Resource: '${Fn}', TimeoutSeconds: 5, End: true}\n",
  );
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const read = async (resources: Record<string, JsonObject>) => {
  const warnings: string[] = [];
  const template = {
    Resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: {} }, ...resources },
  } as unknown as Template;
  const machines = await machinesOf(template, {
    directory,
    assets: [],
    arns: { One: 'arn:aws:states:us-east-1:123456789012:stateMachine:One' },
    warn: (message) => warnings.push(message),
  });
  return { machines, warnings };
};
const fn = 'arn:aws:lambda:us-east-1:123456789012:function:Fn';
const task = { StartAt: 'It', States: { It: { Type: 'Task', Resource: fn, End: true } } };

describe('machinesOf', () => {
  it('takes each way to say a definition, with all that is put into it', async () => {
    const { machines } = await read({
      One: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          Definition: {
            ...task,
            States: { It: { Type: 'Task', Resource: { 'Fn::GetAtt': ['Fn', 'Arn'] }, End: true } },
          },
        },
      },
      Two: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          StateMachineType: 'EXPRESS',
          DefinitionString: JSON.stringify(task).replace(fn, '${Place}'),
          DefinitionSubstitutions: { Place: { 'Fn::GetAtt': ['Fn', 'Arn'] } },
        },
      },
      Three: {
        Type: 'AWS::Serverless::StateMachine',
        Properties: {
          DefinitionUri: 'machine.yaml',
          DefinitionSubstitutions: { Fn: { 'Fn::GetAtt': ['Fn', 'Arn'] } },
        },
      },
    });
    expect(machines.map(({ logicalId, type }) => [logicalId, type])).toEqual([
      ['One', 'STANDARD'],
      ['Two', 'EXPRESS'],
      ['Three', 'STANDARD'],
    ]);
    expect(machines.map(({ definition }) => definition).slice(0, 2)).toEqual([task, task]);
    expect(machines[2]?.definition).toMatchObject({ States: { It: { Resource: fn, TimeoutSeconds: 5 } } });
  });

  it('says which ones cannot run, and why', async () => {
    const { machines, warnings } = await read({
      Bad: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: { Definition: { StartAt: 'Gone', States: { It: { Type: 'Pass' } } } },
      },
      Vague: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          Definition: {
            StartAt: 'Later',
            States: {
              Later: { Type: 'Wait', Seconds: 'soon', Next: 'Each' },
              Each: { Type: 'Map', Next: 'Both' },
              Both: { Type: 'Parallel', End: true },
            },
          },
        },
      },
      Far: { Type: 'AWS::Serverless::StateMachine', Properties: { DefinitionUri: 's3://bucket/key' } },
    });
    expect(machines).toEqual([]);
    expect(warnings).toEqual([
      expect.stringMatching(/^Bad can't be run here: .*Gone.*'Next' and 'End'.*not reachable/),
      expect.stringMatching(/^Vague can't be run here: .*'Seconds'.*'ItemProcessor'.*'Branches'/),
      "Far can't be run here: its definition is not on this machine",
    ]);
  });

  it('refuses retriers whose numbers Step Functions does not take, with their places', async () => {
    const task = (retrier: JsonObject) => ({
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Retry: [{ ErrorEquals: ['States.ALL'], ...retrier }],
      End: true,
    });
    const each = { StartAt: 'Shrinks', States: { Shrinks: task({ BackoffRate: 0.5 }) } };
    const machine = (Definition: JsonObject) => ({
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { Definition },
    });
    const { machines, warnings } = await read({
      Steady: machine({ StartAt: 'It', States: { It: task({ BackoffRate: 1, MaxAttempts: 0 }) } }),
      Odd: machine({
        StartAt: 'Each',
        States: {
          Each: { Type: 'Map', ItemProcessor: each, Next: 'Again' },
          Again: task({ IntervalSeconds: 0 }),
        },
      }),
    });
    expect(machines.map(({ logicalId }) => logicalId)).toEqual(['Steady']);
    expect(warnings).toEqual([
      expect.stringMatching(
        /'BackoffRate' is no number 1\.0 or more: 0\.5 at \/States\/Each\/ItemProcessor\/States\/Shrinks\/Retry\[0\]\/BackoffRate.*'IntervalSeconds' is no whole number from 1 .*\/States\/Again\/Retry\[0\]/,
      ),
    ]);
  });
});
