import { isObject, type Json, type JsonObject, own } from '../../../template/types.ts';
import { instantOf } from '../instant.ts';
import { expressionProblems } from './expressions.ts';
import { languageOf, machineFieldProblems, stateFieldProblems } from './fields.ts';
import { choiceProblems, errorRuleProblems } from './rules.ts';

const TYPES = new Set(['Choice', 'Fail', 'Map', 'Parallel', 'Pass', 'Succeed', 'Task', 'Wait']);
/** States after which nothing comes. */
const ENDS = new Set(['Succeed', 'Fail', 'Choice']);

const isInstant = (text: string): boolean => expressionPattern.test(text) || instantOf(text) !== undefined;
const expressionPattern = /^\{%[\s\S]*%\}$/;

const isDelay = (value: unknown): boolean =>
  (typeof value === 'string' && expressionPattern.test(value)) ||
  (Number.isInteger(Number(value)) && Number(value) >= 0);

/** What a definition says, and all that is wrong with it. */
export function definitionProblems(
  text: string,
  isExpress = false,
): {
  readonly definition?: JsonObject;
  readonly problems: readonly string[];
} {
  let definition: unknown;
  try {
    definition = JSON.parse(text);
  } catch (error) {
    return { problems: [`INVALID_JSON_DESCRIPTION: ${error instanceof Error ? error.message : error}`] };
  }
  if (!isObject(definition))
    return { problems: ['INVALID_JSON_DESCRIPTION: the definition is no JSON object'] };
  return {
    definition,
    problems: [
      ...machineFieldProblems(definition),
      ...partProblems(definition, '', { isExpress, language: definition.QueryLanguage }),
    ],
  };
}

/** What of a machine concerns all of its states. */
interface Whole {
  readonly isExpress: boolean;
  readonly language: Json | undefined;
}

/** What is wrong with a machine, or with a part of one. */
function partProblems(part: JsonObject, at: string, whole: Whole): string[] {
  const { StartAt, States } = part;
  if (!isObject(States) || Object.keys(States).length === 0)
    return [`SCHEMA_VALIDATION_FAILED: There are no states at /${at}States`];
  const problems: string[] = [];
  const reached = new Set<string>();
  const follow = (name: unknown, where: string): void => {
    if (typeof name !== 'string') return;
    reached.add(name);
    if (!Object.hasOwn(States, name))
      problems.push(`MISSING_TRANSITION_TARGET: Missing 'Next' target: ${name} at /${at}${where}`);
  };
  if (typeof StartAt !== 'string')
    problems.push(`SCHEMA_VALIDATION_FAILED: The field 'StartAt' is required at /${at}`);
  follow(StartAt, 'StartAt');
  for (const [name, state] of Object.entries(States)) {
    const where = `States/${name}`;
    if (!isObject(state)) {
      problems.push(`SCHEMA_VALIDATION_FAILED: The state is no JSON object at /${at}${where}`);
      continue;
    }
    const type = String(state.Type);
    if (!TYPES.has(type))
      problems.push(`SCHEMA_VALIDATION_FAILED: There is no type of states '${type}' at /${at}${where}/Type`);
    follow(state.Next, `${where}/Next`);
    follow(state.Default, `${where}/Default`);
    for (const list of ['Choices', 'Catch'] as const) {
      const rules = state[list];
      for (const [index, rule] of (Array.isArray(rules) ? rules : []).entries())
        if (isObject(rule)) follow(rule.Next, `${where}/${list}[${index}]/Next`);
    }
    if (state.Next === undefined && state.End !== true && !ENDS.has(type) && TYPES.has(type))
      problems.push(
        `SCHEMA_VALIDATION_FAILED: One of the fields 'Next' and 'End' is required at /${at}${where}`,
      );
    if (type === 'Wait' && typeof state.Timestamp === 'string' && !isInstant(state.Timestamp))
      problems.push(
        `SCHEMA_VALIDATION_FAILED: The field 'Timestamp' is no timestamp of RFC 3339: ${state.Timestamp} at /${at}${where}/Timestamp`,
      );
    if (type === 'Wait' && state.Seconds !== undefined && !isDelay(state.Seconds))
      problems.push(
        `SCHEMA_VALIDATION_FAILED: The field 'Seconds' is no whole number from 0: ${JSON.stringify(state.Seconds)} at /${at}${where}/Seconds`,
      );
    const language = languageOf(state, whole.language);
    problems.push(
      ...stateFieldProblems(state, `/${at}${where}`, language),
      ...expressionProblems(state, `/${at}${where}`, language === 'JSONata'),
      ...choiceProblems(state, `/${at}${where}`, language === 'JSONata'),
      ...errorRuleProblems(state, `/${at}${where}`, language === 'JSONata'),
      ...retryProblems(state, `${at}${where}`),
      ...resourceProblems(state, `${at}${where}`, whole),
    );
    if (whole.language === 'JSONata' && state.QueryLanguage === 'JSONPath')
      problems.push(
        `SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /${at}${where}`,
      );
    if (type === 'Map' && typeof state.Label === 'string' && !LABEL.test(state.Label))
      problems.push(
        `SCHEMA_VALIDATION_FAILED: The field 'Label' has from 1 to 40 characters, none of them a space or one of ?*<>{}[]:;,\\|^~$#%&\`" at /${at}${where}/Label`,
      );
    if (type === 'Map' && !isObject(state.ItemProcessor) && !isObject(state.Iterator))
      problems.push(`SCHEMA_VALIDATION_FAILED: The field 'ItemProcessor' is required at /${at}${where}`);
    if (type === 'Parallel' && !Array.isArray(state.Branches))
      problems.push(`SCHEMA_VALIDATION_FAILED: The field 'Branches' is required at /${at}${where}`);
    if (type === 'Task' && typeof state.Resource !== 'string')
      problems.push(`SCHEMA_VALIDATION_FAILED: The field 'Resource' is required at /${at}${where}`);
    for (const [key, inner] of [
      ['ItemProcessor', state.ItemProcessor],
      ['Iterator', state.Iterator],
    ] as const)
      if (isObject(inner)) problems.push(...partProblems(inner, `${at}${where}/${key}/`, whole));
    const branches = Array.isArray(state.Branches) ? state.Branches : [];
    for (const [index, branch] of branches.entries())
      if (isObject(branch))
        problems.push(...partProblems(branch, `${at}${where}/Branches[${index}]/`, whole));
  }
  for (const name of Object.keys(States))
    if (!reached.has(name))
      problems.push(`MISSING_TRANSITION_TARGET: State "${name}" is not reachable at /${at}States`);
  return problems;
}

/** Source: AWS Step Functions Developer Guide, "Distributed mode", `Label`. */
const LABEL = /^[^\s?*<>{}[\]:;,\\|^~$#%&`"/\x00-\x1f\x7f-\x9f]{1,40}$/;

/** What the plain integrations of services do. Source: AWS Step Functions Developer Guide, "Integrating services". */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  dynamodb: ['getItem', 'putItem', 'updateItem', 'deleteItem'],
  events: ['putEvents'],
  lambda: ['invoke'],
  sns: ['publish'],
  sqs: ['sendMessage'],
  states: ['startExecution'],
};

/** What is wrong with the resource of a Task. */
function resourceProblems({ Type, Resource }: JsonObject, where: string, { isExpress }: Whole): string[] {
  if (Type !== 'Task' || typeof Resource !== 'string') return [];
  const problem = (message: string): string[] => [
    `SCHEMA_VALIDATION_FAILED: ${message} at /${where}/Resource`,
  ];
  const [, service = '', action = '', pattern] =
    /^arn:[^:]*:states:::([\w-]+):(\w+)(\.[\w:]+)?$/.exec(Resource) ?? [];
  const known = own(ACTIONS, service);
  if (known && !known.includes(action))
    return problem(
      `The resource provided ${Resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
    );
  if (!isExpress) return [];
  if (/^arn:[^:]*:states:[^:]*:[^:]*:activity:/.test(Resource))
    return problem('Express state machine does not support Activity ARN');
  if (pattern?.startsWith('.waitForTaskToken'))
    return problem("Express state machine does not support '.waitForTaskToken' service integration ");
  return pattern?.startsWith('.sync')
    ? problem("Express state machine does not support '.sync' service integration")
    : [];
}

/** What numbers of a retrier may be. */
interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

/** Source: Amazon States Language, "Retrying after error"; AWS Step Functions Developer Guide, "Retrying after an error". */
const RETRIER: Readonly<Record<string, Bounds>> = {
  IntervalSeconds: { least: 1, most: 99_999_999, whole: true },
  MaxAttempts: { least: 0, most: 99_999_999, whole: true },
  BackoffRate: { least: 1, most: Number.POSITIVE_INFINITY, whole: false },
  MaxDelaySeconds: { least: 1, most: 31_622_400, whole: true },
};

/** What is wrong with the numbers of the retriers of a state. */
function retryProblems({ Retry }: JsonObject, where: string): string[] {
  const retriers = Array.isArray(Retry) ? Retry : [];
  return retriers.flatMap((retrier, index) =>
    Object.entries(RETRIER).flatMap(([field, bounds]) => {
      const value = isObject(retrier) ? retrier[field] : undefined;
      if (value === undefined || isWithin(value, bounds)) return [];
      const { least, most, whole } = bounds;
      const range =
        most === Number.POSITIVE_INFINITY ? `${least.toFixed(1)} or more` : `from ${least} to ${most}`;
      return [
        `SCHEMA_VALIDATION_FAILED: The field '${field}' is no ${whole ? 'whole ' : ''}number ${range}: ${JSON.stringify(value)} at /${where}/Retry[${index}]/${field}`,
      ];
    }),
  );
}

/** A number, or the text of one: substitutions are texts. */
function isWithin(value: unknown, { least, most, whole }: Bounds): boolean {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return (
    typeof number === 'number' && number >= least && number <= most && (!whole || Number.isInteger(number))
  );
}
