import { isObject, type Json, type JsonObject, own } from '../../../template/types.ts';

/** `JSONPath` is the language of machines that name none. */
type QueryLanguage = 'JSONPath' | 'JSONata';

/** Fields of states of a type: those of both languages, and those of each. */
interface Fields {
  readonly both: string;
  readonly JSONPath: string;
  readonly JSONata: string;
}

const PATHS = 'InputPath OutputPath';
const RESULTS = 'ResultPath ResultSelector Parameters';

/** Source: AWS Step Functions Developer Guide, "Workflow states" and "Transforming data with JSONata". */
const FIELDS: Readonly<Record<string, Fields>> = {
  Pass: { both: 'Next End Assign', JSONPath: `${PATHS} ResultPath Parameters Result`, JSONata: 'Output' },
  Task: {
    both: 'Resource Next End Retry Catch Assign TimeoutSeconds HeartbeatSeconds Credentials',
    JSONPath: `${PATHS} ${RESULTS} TimeoutSecondsPath HeartbeatSecondsPath`,
    JSONata: 'Arguments Output',
  },
  Choice: { both: 'Choices Default Assign', JSONPath: PATHS, JSONata: 'Output' },
  Wait: {
    both: 'Seconds Timestamp Next End Assign',
    JSONPath: `${PATHS} SecondsPath TimestampPath`,
    JSONata: 'Output',
  },
  Succeed: { both: '', JSONPath: PATHS, JSONata: 'Output' },
  Fail: { both: 'Error Cause', JSONPath: 'ErrorPath CausePath', JSONata: '' },
  Parallel: {
    both: 'Branches Next End Retry Catch Assign',
    JSONPath: `${PATHS} ${RESULTS}`,
    JSONata: 'Arguments Output',
  },
  Map: {
    both: 'ItemProcessor Iterator ItemSelector ItemReader ItemBatcher ResultWriter Label MaxConcurrency ToleratedFailureCount ToleratedFailurePercentage Next End Retry Catch Assign',
    JSONPath: `${PATHS} ${RESULTS} ItemsPath MaxConcurrencyPath ToleratedFailureCountPath ToleratedFailurePercentagePath`,
    JSONata: 'Items Output',
  },
};

const COMMON = ['Type', 'Comment', 'QueryLanguage'];
const OF_MACHINES = ['Comment', 'StartAt', 'States', 'Version', 'TimeoutSeconds', 'QueryLanguage'];

/** Fields of which a state has one at most. */
const ALTERNATIVES: readonly (readonly string[])[] = [
  ['Next', 'End'],
  ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'],
  ['TimeoutSeconds', 'TimeoutSecondsPath'],
  ['HeartbeatSeconds', 'HeartbeatSecondsPath'],
  ['MaxConcurrency', 'MaxConcurrencyPath'],
  ['ToleratedFailureCount', 'ToleratedFailureCountPath'],
  ['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'],
  ['Error', 'ErrorPath'],
  ['Cause', 'CausePath'],
  ['ItemProcessor', 'Iterator'],
  ['ItemSelector', 'Parameters'],
];

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

const schema = (message: string, at: string): string => `SCHEMA_VALIDATION_FAILED: ${message} at ${at}`;

/** What is wrong with the fields of a machine itself. */
export function machineFieldProblems(machine: JsonObject): string[] {
  const unknown = Object.keys(machine).filter((name) => !OF_MACHINES.includes(name));
  const { QueryLanguage } = machine;
  return [
    ...unknown.map((name) => schema(`Field '${name}' is not supported`, '/')),
    ...(QueryLanguage === undefined || isLanguage(QueryLanguage)
      ? []
      : [schema(`The field 'QueryLanguage' should have one of these values: [JSONPath, JSONata]`, '/')]),
  ];
}

const isLanguage = (value: Json): value is QueryLanguage => value === 'JSONPath' || value === 'JSONata';

/** The language of a state of a machine whose language is this one. */
export const languageOf = (state: JsonObject, whole: Json | undefined): QueryLanguage =>
  (state.QueryLanguage ?? whole) === 'JSONata' ? 'JSONata' : 'JSONPath';

/**
 * What is wrong with the fields of a state: those that its type or its language does not have would be left out without a word.
 * The words are those of AWS, as far as they are measured in floci-io/floci (issues 2735, 2968, 3733).
 *
 * @param at where it is: `/States/It`
 */
export function stateFieldProblems(state: JsonObject, at: string, language: QueryLanguage): string[] {
  const fields = own(FIELDS, String(state.Type));
  if (!fields) return [];
  const other = language === 'JSONata' ? 'JSONPath' : 'JSONata';
  const known = [...COMMON, ...words(fields.both), ...words(fields[language])];
  const ofOther = words(fields[other]);
  const problems = Object.keys(state)
    .filter((name) => !known.includes(name))
    .map((name) =>
      schema(
        ofOther.includes(name)
          ? `The QueryLanguage is set to '${language}', but field '${name}' is only supported for the '${other}' QueryLanguage`
          : `Field '${name}' is not supported`,
        at,
      ),
    );
  for (const names of ALTERNATIVES) {
    const given = names.filter(
      (name) => state[name] !== undefined && !(name === 'End' && state.End === false),
    );
    if (given.length > 1)
      problems.push(schema(`There should only be one of the following fields: [${given.join(', ')}]`, at));
  }
  return [...problems, ...valueProblems(state, at)];
}

/** What is wrong with the values of fields that are there, or with those that are not. */
function valueProblems(state: JsonObject, at: string): string[] {
  const problems: string[] = [];
  const required = (name: string): unknown => problems.push(schema(`The field '${name}' is required`, at));
  if (
    state.Type === 'Wait' &&
    !['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'].some((name) => name in state)
  )
    required('Seconds');
  if (state.Type === 'Choice' && !Array.isArray(state.Choices)) required('Choices');
  for (const name of ['Choices', 'Branches'])
    if (Array.isArray(state[name]) && state[name].length === 0)
      problems.push(schema('Value cannot be empty', `${at}/${name}`));
  const { TimeoutSeconds: limit, HeartbeatSeconds: beat } = state;
  if (typeof limit === 'number' && typeof beat === 'number' && beat >= limit)
    problems.push(schema("'HeartbeatSeconds' has to be smaller than 'TimeoutSeconds'", at));
  const { ItemProcessor: processor, ItemBatcher: batcher } = state;
  const config = isObject(processor) ? processor.ProcessorConfig : undefined;
  const isDistributed = isObject(config) && config.Mode === 'DISTRIBUTED';
  for (const name of ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'])
    if (state[name] !== undefined && !isDistributed)
      problems.push(schema(`Field '${name}' is not supported where the Mode is not DISTRIBUTED`, at));
  if (isObject(batcher) && !Object.keys(batcher).some((name) => name.startsWith('Max')))
    problems.push(schema('A batcher has to limit items or bytes', `${at}/ItemBatcher`));
  return problems;
}
