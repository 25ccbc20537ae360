import { describe, expect, it } from '@jest/globals';
import { executionRecord } from '../../../src/local/state-machines/record.ts';
import { wayTaken } from '../../../src/local/state-machines/way.ts';
import { machineDiagram } from '../../../src/picture/machine.ts';
import type { JsonObject } from '../../../src/template/types.ts';
import { alone, outputOf, run } from './machine.ts';

const TOKEN = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';
const MESSAGE = { QueueUrl: 'here', MessageBody: { 'token.$': '$$.Task.Token' } };

describe('an execution', () => {
  it('leaps over waits, and tells them by its own clock', async () => {
    const execution = await run(alone({ Type: 'Wait', Seconds: 86_400 }));
    expect(execution.status).toBe('SUCCEEDED');
    expect(Math.round(((execution.endedAt ?? 0) - execution.startedAt) / 86_400_000)).toBe(1);
  });

  it('takes paths and templates in the order of the language', async () => {
    const state = {
      Type: 'Pass',
      InputPath: '$.in',
      Parameters: { 'sum.$': 'States.MathAdd($.a, 1)', fixed: true },
      ResultPath: '$.made',
      OutputPath: '$.made',
    };
    expect(outputOf(await run(alone(state), { in: { a: 1 } }))).toEqual({ sum: 2, fixed: true });
  });

  it('keeps variables, which branches see and do not change', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { n: '{% $states.input.n %}' }, Next: 'Both' },
        Both: {
          Type: 'Parallel',
          Branches: [1, 2].map((by) => ({
            StartAt: 'Add',
            States: { Add: { Type: 'Pass', Assign: { own: by }, Output: `{% $n + ${by} %}`, End: true } },
          })),
          Output: { sums: '{% $states.result %}', n: '{% $n %}' },
          End: true,
        },
      },
    };
    expect(outputOf(await run(definition, { n: 5 }))).toEqual({ sums: [6, 7], n: 5 });
  });

  it('maps over items, some of them at a time', async () => {
    const processor = (mode: string) => ({
      ProcessorConfig: { Mode: mode },
      StartAt: 'Double',
      States: { Double: { Type: 'Pass', Parameters: { 'twice.$': 'States.MathAdd($.v, $.v)' }, End: true } },
    });
    for (const mode of ['INLINE', 'DISTRIBUTED']) {
      const state = {
        Type: 'Map',
        ItemsPath: '$.items',
        ItemSelector: { 'v.$': '$$.Map.Item.Value' },
        MaxConcurrency: 2,
        ItemProcessor: processor(mode),
      };
      expect(outputOf(await run(alone(state), { items: [1, 2, 3] }))).toEqual([
        { twice: 2 },
        { twice: 4 },
        { twice: 6 },
      ]);
    }
  });

  /** Source: AWS Step Functions Developer Guide, "Tolerated failure threshold for Distributed Map state". */
  it.each([
    [{}, 'FAILED'],
    [{ ToleratedFailureCount: 2 }, 'SUCCEEDED'],
    [{ ToleratedFailureCount: 1 }, 'FAILED'],
    [{ ToleratedFailurePercentage: 50 }, 'SUCCEEDED'],
    [{ ToleratedFailureCount: 1, ToleratedFailurePercentage: 50 }, 'FAILED'],
    [{ ToleratedFailureCount: 2, ToleratedFailurePercentage: 40 }, 'FAILED'],
    [{ ToleratedFailureCount: 2, ToleratedFailurePercentage: 50 }, 'SUCCEEDED'],
    [{ ToleratedFailureCount: 1, ItemBatcher: { MaxItemsPerBatch: 2 } }, 'FAILED'],
    [{ ToleratedFailureCount: 2, ItemBatcher: { MaxItemsPerBatch: 2 } }, 'SUCCEEDED'],
  ])('tolerates failed items of a distributed Map within each of its limits: %j', async (limits, status) => {
    const ok = [
      { Variable: '$', NumericLessThan: 2, Next: 'Fine' },
      { Variable: '$.Items[0]', NumericLessThan: 2, Next: 'Fine' },
    ];
    const execution = await run(
      alone({
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Which',
          States: {
            Which: {
              Type: 'Choice',
              Choices: 'ItemBatcher' in limits ? ok.slice(1) : ok.slice(0, 1),
              Default: 'Bad',
            },
            Fine: { Type: 'Pass', End: true },
            Bad: { Type: 'Fail' },
          },
        },
        ...limits,
      }),
      [0, 1, 2, 3],
    );
    expect(execution.status).toBe(status);
  });

  it('chooses by the first rule that holds', async () => {
    const choice: JsonObject = {
      Type: 'Choice',
      Choices: [
        {
          And: [{ Variable: '$.n', NumericGreaterThan: 5 }, { Not: { Variable: '$.s', IsPresent: true } }],
          Next: 'Big',
        },
        { Variable: '$.s', StringMatches: 'a*\\*', Next: 'Text' },
      ],
      Default: 'Else',
    };
    const end = (name: string) => ({ Type: 'Pass', Result: name, End: true });
    const definition = {
      StartAt: 'It',
      States: { It: choice, Big: end('big'), Text: end('text'), Else: end('else') },
    };
    expect(outputOf(await run(definition, { n: 6 }))).toBe('big');
    expect(outputOf(await run(definition, { n: 0, s: 'abc*' }))).toBe('text');
    expect(outputOf(await run(definition, { n: 6, s: 'b' }))).toBe('else');
  });

  it('retries with growing pauses up to a limit, then catches', async () => {
    const state = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'gone', Payload: {} },
      Retry: [
        {
          ErrorEquals: ['Lambda.ResourceNotFoundException'],
          IntervalSeconds: 10,
          BackoffRate: 3,
          MaxAttempts: 3,
          MaxDelaySeconds: 60,
        },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'After' }],
    };
    const execution = await run({
      StartAt: 'It',
      States: { It: { ...state, Next: 'After' }, After: { Type: 'Pass', End: true } },
    });
    expect(outputOf(execution)).toMatchObject({ error: { Error: 'Lambda.ResourceNotFoundException' } });
    const tries = execution.history.events.filter(({ type }) => type === 'TaskScheduled').map(({ at }) => at);
    expect(tries.slice(1).map((at, index) => Math.round((at - (tries[index] ?? 0)) / 1000))).toEqual([
      10, 30, 60,
    ]);
  });

  it('does not catch what the language calls a fault of the machine', async () => {
    const state = {
      Type: 'Parallel',
      Branches: [alone({ Type: 'Pass', InputPath: '$.gone' })],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'After' }],
    };
    const execution = await run(alone(state, { After: { Type: 'Pass', End: true } }));
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('waits for callbacks: answered, failed, or too late', async () => {
    const state = {
      Type: 'Task',
      Resource: TOKEN,
      Parameters: MESSAGE,
      TimeoutSeconds: 3600,
      HeartbeatSeconds: 60,
    };
    expect(outputOf(await run(alone(state), {}, { It: { result: '{"yes":true}' } }))).toEqual({ yes: true });
    expect(
      await run(alone(state), {}, { It: { error: { ErrorType: 'No', ErrorMessage: 'never' } } }),
    ).toMatchObject({ error: 'No', cause: 'never' });
    const late = await run(alone(state));
    expect(late).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(Math.round(((late.endedAt ?? 0) - late.startedAt) / 1000)).toBe(60);
    const { TimeoutSeconds: _, HeartbeatSeconds: __, ...endless } = state;
    expect((await run(alone(endless))).cause).toContain('callbacks');
  });

  it('ends after its own time, too', async () => {
    const execution = await run({ ...alone({ Type: 'Wait', Seconds: 100 }), TimeoutSeconds: 5 });
    expect(execution.status).toBe('TIMED_OUT');
    expect(execution.history.events.at(-1)?.type).toBe('ExecutionTimedOut');
  });

  it('is told as a table and a picture: what was entered, and what failed', async () => {
    const definition = alone(
      {
        Type: 'Map',
        ItemProcessor: {
          StartAt: 'Say "so"',
          States: {
            'Say "so"': { Type: 'Pass', Next: 'Rest' },
            Rest: { Type: 'Wait', Seconds: 60, End: true },
          },
        },
        End: false,
        Next: 'Stop',
      },
      { Stop: { Type: 'Fail', Error: 'Enough' }, Never: { Type: 'Pass', End: true } },
    );
    const execution = await run(definition, [1, 2]);
    const { operations, status } = executionRecord(execution);
    const depth = (id: string | undefined): number =>
      id === undefined ? 0 : 1 + depth(operations.find(({ Id }) => Id === id)?.ParentId);
    expect(status).toBe('FAILED');
    expect(operations.slice(1).map(({ Name, Status, ParentId }) => [depth(ParentId), Name, Status])).toEqual([
      [0, 'It', 'SUCCEEDED'],
      [1, 'Say "so"', 'SUCCEEDED'],
      [1, 'Say "so"', 'SUCCEEDED'],
      [1, 'Rest', 'SUCCEEDED'],
      [1, 'Rest', 'SUCCEEDED'],
      [0, 'Stop', 'FAILED'],
    ]);
    const picture = machineDiagram(definition, wayTaken(execution));
    expect(picture).toContain('Say #34;so#34;<br>Pass ✓');
    expect(picture).toContain('Stop<br>Fail ✗"]):::failed');
    expect(picture).toMatch(/Never<br>Pass"\]\]$/m);
  });
});
