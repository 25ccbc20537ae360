import type { Problem } from '../../../problem.ts';
import { isFunctionCall } from '../../intrinsics.ts';
import { type Reference, references } from '../../references.ts';
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

/** How many arguments the functions of rules take, and how many of these are lists. Source: the same. */
const ARGUMENTS: Readonly<Record<string, { readonly count: number; readonly lists: number }>> = {
  'Fn::Contains': { count: 2, lists: 1 },
  'Fn::EachMemberEquals': { count: 2, lists: 1 },
  'Fn::EachMemberIn': { count: 2, lists: 2 },
  'Fn::ValueOf': { count: 2, lists: 0 },
  'Fn::ValueOfAll': { count: 2, lists: 0 },
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
  // Source: https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1183.
  for (const { name, path: at } of references(value).filter(isNamedCondition))
    yield {
      path: [...path, ...at],
      message: `rules cannot name conditions, and ${JSON.stringify(name)} is one`,
      next: 'Write out what it compares.',
    };
  for (const name of FOREIGN) {
    const found = functions.get(name);
    if (found)
      yield {
        path: [...path, ...found],
        message: `rules cannot call ${name}`,
        next: 'Rules compare parameters; write conditions as Fn::And, Fn::Or and Fn::Not.',
      };
  }
  for (const [name, { count, lists }] of Object.entries(ARGUMENTS)) {
    const found = functions.get(name);
    const argument = found ? found.reduce<Json | undefined>(stepInto, value) : undefined;
    const isFine =
      Array.isArray(argument) &&
      argument.length === count &&
      argument.slice(0, lists).every((each) => Array.isArray(each) || isFunctionCall(each));
    if (found && !isFine)
      yield {
        path: [...path, ...found],
        message: `${name} takes a list of ${count}${lists === 0 ? '' : lists === 1 ? ', the first a list' : ', both lists'}`,
        next: `Mend its argument, ${JSON.stringify(argument).slice(0, 60)}.`,
      };
  }
}

const isNamedCondition = ({ kind, path }: Reference): boolean =>
  kind === 'Condition' && path.at(-1) === 'Condition';

function stepInto(value: Json | undefined, step: string | number): Json | undefined {
  if (Array.isArray(value) && typeof step === 'number') return value[step];
  return isObject(value) ? value[String(step)] : undefined;
}
