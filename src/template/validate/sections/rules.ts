import type { Problem } from '../../../problem.ts';
import { functionsIn } from '../../transforms.ts';
import { isObject, type Json, type TemplatePath } from '../../types.ts';
import { isLoop } from '../../values/loops.ts';
import type { Judged } from '../judged.ts';

/**
 * Functions that rules cannot call: they compare parameters and nothing else.
 * Sources: CloudFormation template reference, "Rule functions"; `Fn::If`,
 * https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/921.
 */
const FOREIGN = ['Fn::GetAtt', 'Fn::If', 'Fn::ImportValue', 'Fn::GetAZs'];

/** How many arguments the functions of rules take. Source: the same. */
const ARGUMENTS: Readonly<Record<string, number>> = {
  'Fn::Contains': 2,
  'Fn::EachMemberEquals': 2,
  'Fn::EachMemberIn': 2,
  'Fn::ValueOf': 2,
  'Fn::ValueOfAll': 2,
};

/** What is wrong with rules, but for what they refer to. Source: CloudFormation template reference, "Rules"; cfn-lint's E1700, E1701. */
export function* ruleProblems(subject: Judged): Generator<Problem> {
  const { template, locate } = subject;
  const { Rules } = template;
  if (Rules === undefined) return;
  if (!isObject(Rules)) {
    yield { message: 'Rules has to be a map', place: locate(['Rules']) };
    return;
  }
  for (const [name, rule] of Object.entries(Rules)) {
    if (isLoop(name)) continue;
    for (const { path, message, next } of wrongParts(rule)) {
      yield { subject: name, message, place: locate(['Rules', name, ...path]), next };
    }
  }
}

interface Wrong {
  readonly path: TemplatePath;
  readonly message: string;
  readonly next: string;
}

function* wrongParts(rule: Json): Generator<Wrong> {
  if (!isObject(rule)) {
    yield { path: [], message: 'a rule has to be a map', next: 'Write Assertions below it.' };
    return;
  }
  const { Assertions } = rule;
  if (!Array.isArray(Assertions)) {
    const message = Assertions === undefined ? 'the rule has no Assertions' : 'Assertions has to be a list';
    yield { path: Assertions === undefined ? [] : ['Assertions'], message, next: 'Write a list of Assert.' };
  } else {
    for (const [index, assertion] of Assertions.entries()) {
      if (!isObject(assertion) || assertion.Assert === undefined)
        yield { path: ['Assertions', index], message: 'the assertion has no Assert', next: 'Add one.' };
    }
  }
  yield* wrongCalls(rule, []);
}

function* wrongCalls(value: Json, path: TemplatePath): Generator<Wrong> {
  const functions = functionsIn(value);
  for (const name of FOREIGN) {
    const found = functions.get(name);
    if (found)
      yield {
        path: [...path, ...found],
        message: `rules cannot call ${name}`,
        next: 'Rules compare parameters; write conditions as Fn::And, Fn::Or and Fn::Not.',
      };
  }
  for (const [name, count] of Object.entries(ARGUMENTS)) {
    const found = functions.get(name);
    const argument = found ? found.reduce<Json | undefined>(stepInto, value) : undefined;
    if (found && !(Array.isArray(argument) && argument.length === count))
      yield {
        path: [...path, ...found],
        message: `${name} takes a list of ${count}`,
        next: `Mend its argument, ${JSON.stringify(argument).slice(0, 60)}.`,
      };
  }
}

function stepInto(value: Json | undefined, step: string | number): Json | undefined {
  if (Array.isArray(value) && typeof step === 'number') return value[step];
  return isObject(value) ? value[String(step)] : undefined;
}
