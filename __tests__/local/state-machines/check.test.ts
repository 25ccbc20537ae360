/**
 * Definitions that AWS refuses. What it says is measured in floci-io/floci (issues 2670, 2735, 2968, 3733), or recorded in
 * localstack/localstack (`v2/validation`, `v2/intrinsic_functions`); other rules are those of Amazon States Language.
 */
import { describe, expect, it } from '@jest/globals';
import { definitionProblems } from '../../../src/local/state-machines/check/index.ts';
import type { JsonObject } from '../../../src/template/types.ts';

const pass: JsonObject = { Type: 'Pass', End: true };
const task: JsonObject = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };
const inner: JsonObject = { StartAt: 'In', States: { In: pass } };
const distributed: JsonObject = {
  ...inner,
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
};
const map: JsonObject = { Type: 'Map', ItemProcessor: inner, End: true };
const jsonata = { QueryLanguage: 'JSONata' };
const rule: JsonObject = { Variable: '$.a', StringEquals: 'x', Next: 'B' };
const choice = (...Choices: JsonObject[]): JsonObject => ({ Type: 'Choice', Choices, Default: 'B' });

const problemsOf = (state: JsonObject, machine: JsonObject = {}): readonly string[] => {
  const leads = JSON.stringify(state).includes('"B"');
  const States: JsonObject = { It: state, ...(leads && { B: pass }) };
  return definitionProblems(JSON.stringify({ StartAt: 'It', States, ...machine })).problems;
};

const only = (field: string, language: string, other: string): string =>
  `The QueryLanguage is set to '${language}', but field '${field}' is only supported for the '${other}' QueryLanguage at /States/It`;

/** A state that is refused, and the words. */
const REFUSED: readonly (readonly [state: JsonObject, says: string, machine?: JsonObject])[] = [
  // Fields of the other language, which would be left out.
  [{ ...pass, ...jsonata, InputPath: '$.a' }, only('InputPath', 'JSONata', 'JSONPath')],
  [{ ...pass, Parameters: {} }, only('Parameters', 'JSONata', 'JSONPath'), jsonata],
  [{ ...pass, Result: 1 }, only('Result', 'JSONata', 'JSONPath'), jsonata],
  [{ ...pass, Output: {} }, only('Output', 'JSONPath', 'JSONata')],
  [{ ...task, Arguments: {} }, only('Arguments', 'JSONPath', 'JSONata')],
  [{ ...map, Items: [1] }, only('Items', 'JSONPath', 'JSONata')],
  [{ ...map, MaxConcurrencyPath: '$.a' }, only('MaxConcurrencyPath', 'JSONata', 'JSONPath'), jsonata],
  [
    { ...map, ...jsonata, ItemProcessor: { StartAt: 'In', States: { In: { ...pass, Output: 1 } } } },
    "field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/It/ItemProcessor/States/In",
  ],
  // Fields of no such state.
  [{ ...pass, Foo: 1 }, "Field 'Foo' is not supported at /States/It"],
  [{ ...pass, Retry: [] }, "Field 'Retry' is not supported at /States/It"],
  [{ ...pass, TimeoutSeconds: 1 }, "Field 'TimeoutSeconds' is not supported at /States/It"],
  [{ Type: 'Succeed', End: true }, "Field 'End' is not supported at /States/It"],
  [{ ...map, TimeoutSeconds: 1 }, "Field 'TimeoutSeconds' is not supported at /States/It"],
  [pass, "Field 'Coment' is not supported at /", { Coment: 'a' }],
  [pass, "The field 'QueryLanguage' should have one of these values", { QueryLanguage: 'JMESPath' }],
  // Fields that exclude each other.
  [{ ...pass, Next: 'B' }, 'There should only be one of the following fields: [Next, End] at /States/It'],
  [
    { Type: 'Wait', Seconds: 1, SecondsPath: '$.a', End: true },
    'There should only be one of the following fields: [Seconds, SecondsPath] at /States/It',
  ],
  [
    { ...map, Iterator: inner },
    'There should only be one of the following fields: [ItemProcessor, Iterator]',
  ],
  [{ Type: 'Wait', End: true }, "The field 'Seconds' is required at /States/It"],
  [
    { ...task, TimeoutSeconds: 5, HeartbeatSeconds: 5 },
    "'HeartbeatSeconds' has to be smaller than 'TimeoutSeconds'",
  ],
  [{ Type: 'Parallel', Branches: [], End: true }, 'Value cannot be empty at /States/It/Branches'],
  [
    { ...map, ItemBatcher: { MaxItemsPerBatch: 1 } },
    "Field 'ItemBatcher' is not supported where the Mode is not DISTRIBUTED",
  ],
  [
    { ...map, ItemProcessor: distributed, ItemBatcher: {} },
    'A batcher has to limit items or bytes at /States/It/ItemBatcher',
  ],
  // Rules of choices, which would match nothing.
  [choice(), 'Value cannot be empty at /States/It/Choices'],
  [{ Type: 'Choice', Default: 'B' }, "The field 'Choices' is required at /States/It"],
  [choice({ ...rule, End: true }), 'There should only be one of the following fields: [StringEquals, End]'],
  [
    choice({ Variable: '$.a', StringEqual: 'x', Next: 'B' }),
    "Field 'StringEqual' is not supported at /States/It/Choices[0]",
  ],
  [choice({ Variable: '$.a', Next: 'B' }), 'A rule needs an operator at /States/It/Choices[0]'],
  [
    choice({ ...rule, NumericEquals: 1 }),
    'There should only be one of the following fields: [StringEquals, NumericEquals]',
  ],
  [
    choice({ StringEquals: 'x', Next: 'B' }),
    "The field 'Variable' has to be a path at /States/It/Choices[0]",
  ],
  [choice({ Variable: '$.a', StringEquals: 'x' }), "The field 'Next' is required at /States/It/Choices[0]"],
  [choice({ Variable: '$.a', NumericEquals: '5', Next: 'B' }), 'NumericEquals does not compare with "5"'],
  [
    choice({ Variable: '$.a', TimestampEquals: 'now', Next: 'B' }),
    'TimestampEquals does not compare with "now"',
  ],
  [
    choice({ Variable: '$.a', StringEqualsPath: 'b', Next: 'B' }),
    'StringEqualsPath does not compare with "b"',
  ],
  [choice({ Variable: '$.a', IsPresent: 'yes', Next: 'B' }), 'IsPresent does not compare with "yes"'],
  [choice({ And: [], Next: 'B' }), 'Value cannot be empty at /States/It/Choices[0]/And'],
  [
    choice({ Not: { Or: [{ Variable: '$.a', StringEqual: 'x' }] }, Next: 'B' }),
    "Field 'StringEqual' is not supported at /States/It/Choices[0]/Not/Or[0]",
  ],
  [
    choice({ Condition: '{% true %}', Next: 'B' }),
    "Field 'Condition' is not supported at /States/It/Choices[0]",
  ],
  [choice(rule), "The field 'Condition' is required at /States/It/Choices[0]", jsonata],
  // Rules about errors.
  [{ ...task, Retry: [{ MaxAttempts: 1 }] }, "The field 'ErrorEquals' is required at /States/It/Retry[0]"],
  [{ ...task, Retry: [{ ErrorEquals: [] }] }, "The field 'ErrorEquals' is required at /States/It/Retry[0]"],
  [
    { ...task, Retry: [{ ErrorEquals: ['States.ALL', 'Other'] }] },
    "'States.ALL' has to be alone, in the last rule at /States/It/Retry[0]/ErrorEquals",
  ],
  [
    {
      ...task,
      Catch: [
        { ErrorEquals: ['States.ALL'], Next: 'B' },
        { ErrorEquals: ['Other'], Next: 'B' },
      ],
    },
    "'States.ALL' has to be alone, in the last rule at /States/It/Catch[0]/ErrorEquals",
  ],
  [
    { ...task, Catch: [{ ErrorEquals: ['States.ALL'] }] },
    "The field 'Next' is required at /States/It/Catch[0]",
  ],
  [
    { ...task, Catch: [{ ErrorEquals: ['A'], Next: 'B', ResultPath: '$' }] },
    "Field 'ResultPath' is not supported at /States/It/Catch[0]",
    jsonata,
  ],
  [
    { ...task, Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'SOME' }] },
    "The field 'JitterStrategy' should have one of these values",
  ],
  [
    { ...task, Retry: [{ ErrorEquals: ['A'], MaxAttempt: 1 }] },
    "Field 'MaxAttempt' is not supported at /States/It/Retry[0]",
  ],
  // Paths, calls and expressions.
  [{ ...pass, InputPath: 'foo' }, 'Value is not a valid JSONPath at /States/It/InputPath'],
  [{ ...pass, InputPath: '$.a[' }, 'Value is not a valid JSONPath at /States/It/InputPath'],
  [{ ...pass, ResultPath: '$.a[*]' }, 'Value is not a Reference Path at /States/It/ResultPath'],
  [
    { ...pass, Parameters: { a: { 'parsed.$': 'States.StringToJson(' } } },
    "The value for the field 'parsed.$' must be a valid JSONPath or a valid intrinsic function call at /States/It/Parameters",
  ],
  [{ ...pass, Parameters: { 'a.$': 'foo' } }, "The value for the field 'a.$' must be a valid JSONPath"],
  [{ ...pass, Output: '{% $foo( %}' }, 'INVALID_JSONATA_EXPRESSION', jsonata],
  [{ ...pass, Assign: { a: ['{% 1 + %}'] } }, 'INVALID_JSONATA_EXPRESSION', jsonata],
  [
    { ...pass, Output: { v: '{% phone %}' } },
    "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported. at /States/It/Output/v",
    jsonata,
  ],
  [
    { ...pass, Output: '{% $states.input.a & phone.number %}' },
    "Reference to 'phone' at the top level",
    jsonata,
  ],
  [{ ...pass, Output: '{% $sum(orders.price) %}' }, "Reference to 'orders' at the top level", jsonata],
  [{ ...pass, Output: '{% { "a": [x] } %}' }, "Reference to 'x' at the top level", jsonata],
];

/** What has to go through: much of it looks like the cases above. */
const TAKEN: readonly (readonly [state: JsonObject, machine?: JsonObject])[] = [
  [
    {
      ...pass,
      InputPath: null,
      OutputPath: '$$.Execution.Id',
      ResultPath: null,
      Parameters: { 'a.$': '$.a[?(@.b > 1)]' },
    },
  ],
  [{ ...pass, Parameters: { 'a.$': "States.Format('{}', $.a)", 'b.$': '$name.x' }, Assign: { 'c.$': '$' } }],
  [{ ...pass, Result: { 'a.$': 'no path', b: '{% no expression( %}' }, Comment: '{% ( %}' }],
  [
    {
      ...task,
      TimeoutSeconds: 5,
      HeartbeatSeconds: 4,
      Retry: [{ ErrorEquals: ['A', 'B.C'] }, { ErrorEquals: ['States.ALL'] }],
    },
  ],
  [
    choice({
      And: [{ Variable: '$.a', IsNull: false }, { Not: { Variable: '$$.b', StringMatches: 'x*' } }],
      Next: 'B',
    }),
  ],
  [choice({ Variable: '$v', NumericLessThanPath: '$.b', Next: 'B', Assign: { 'a.$': '$.a' }, Comment: 'c' })],
  [choice({ Condition: '{% $states.input.a = 1 %}', Next: 'B', Output: 1 }), jsonata],
  [{ ...map, ItemProcessor: distributed, ItemBatcher: { MaxItemsPerBatchPath: '$.n' }, Label: 'a' }],
  [{ ...map, Items: '{% $states.input.items[price > 3].{ "a": name } %}', ItemSelector: {} }, jsonata],
  [{ ...pass, Output: '{% ($f := function($x) { $x.price }; $map($states.input, $f)^(>name)) %}' }, jsonata],
  [
    {
      ...pass,
      Output: '{% $states.input ~> |a|{"b": c}| %}',
      Assign: { name: '{% $sort($v, function($l, $r) { $l.a > $r.a }) %}' },
    },
    jsonata,
  ],
  [{ ...pass, ...jsonata, Output: '{% $states.input.a ? $states.context.Execution.Id : null %}' }],
  [pass, { Comment: 'c', Version: '1.0', TimeoutSeconds: 60 }],
];

describe('a definition', () => {
  // Jest comes to no end over names of tests with the signs of expressions in them.
  it('is refused', () => {
    for (const [state, says, machine] of REFUSED)
      expect([state, problemsOf(state, machine).join('\n')]).toEqual([state, expect.stringContaining(says)]);
  });

  it('is taken', () => {
    for (const [state, machine] of TAKEN) expect([state, problemsOf(state, machine)]).toEqual([state, []]);
  });
});
