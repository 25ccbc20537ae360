import type { ErrorObject, ValidateFunction } from 'ajv/dist/core.js';
import draft04 from 'ajv-draft-04';
import { isObject, type Json, type JsonObject } from '../../../template/types.ts';

const compiled = new WeakMap<JsonObject, ValidateFunction>();

/**
 * What is wrong with a body by a model, in the words that API Gateway has for it.
 *
 * @param models all models of the API, which refer to each other
 * @throws Error where the model is no schema
 */
export function bodyProblems(
  schema: JsonObject,
  body: string,
  models: Readonly<Record<string, JsonObject>>,
): string[] {
  let value: unknown;
  try {
    // A missing body is an empty map.
    value = body === '' ? {} : JSON.parse(body);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  let validate = compiled.get(schema);
  if (!validate) {
    validate = compile(schema, models);
    compiled.set(schema, validate);
  }
  return validate(value) ? [] : (validate.errors ?? []).map(wordsFor);
}

function compile(schema: JsonObject, models: Readonly<Record<string, JsonObject>>): ValidateFunction {
  // What draft 4 does not know is no error there, and formats are not checked.
  const ajv = new draft04.default({
    strict: false,
    validateFormats: false,
    allErrors: true,
    verbose: true,
    logger: false,
  });
  const definitions = Object.fromEntries(Object.entries(models).map(([name, model]) => [name, local(model)]));
  const whole = mapped(local(schema));
  return ajv.compile({ ...whole, definitions: { ...definitions, ...mapped(whole.definitions) } });
}

const mapped = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/**
 * Models refer to each other by `https://apigateway.amazonaws.com/restapis/<id>/models/<name>`, and in OpenAPI documents by
 * `#/components/schemas/<name>`.
 */
function local(value: Json): Json {
  if (Array.isArray(value)) return value.map(local);
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const [key, each] of Object.entries(value)) {
    if (key === '$schema' || (key === 'id' && typeof each === 'string')) continue;
    copy[key] =
      key === '$ref' && typeof each === 'string'
        ? each.replace(/^(https?:\/\/apigateway\..*\/models\/|#\/components\/schemas\/)/, '#/definitions/')
        : local(each);
  }
  return copy;
}

type Words = (error: ErrorObject) => string;

const list = (values: unknown): string => JSON.stringify(Array.isArray(values) ? values : [values]);
const quoted = (value: unknown): string => JSON.stringify(value);
const typeOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'array'
      : typeof value === 'number'
        ? Number.isInteger(value)
          ? 'integer'
          : 'number'
        : typeof value;
const lengthOf = (value: unknown): number =>
  typeof value === 'string' ? [...value].length : Array.isArray(value) ? value.length : 0;

const WORDS: Readonly<Record<string, Words>> = {
  additionalProperties: ({ params }) =>
    `object instance has properties which are not allowed by the schema: ${list(params.additionalProperty)}`,
  enum: ({ data, params }) =>
    `instance value (${quoted(data)}) not found in enum (possible values: ${list(params.allowedValues)})`,
  maximum: ({ data, params }) =>
    `numeric instance is greater than the required maximum (maximum: ${params.limit}, found: ${String(data)})`,
  maxItems: ({ data, params }) =>
    `array is too long: must have at most ${params.limit} elements but instance has ${lengthOf(data)} elements`,
  maxLength: ({ data, params }) =>
    `string ${quoted(data)} is too long (length: ${lengthOf(data)}, maximum allowed: ${params.limit})`,
  minimum: ({ data, params }) =>
    `numeric instance is lower than the required minimum (minimum: ${params.limit}, found: ${String(data)})`,
  minItems: ({ data, params }) =>
    `array is too short: must have at least ${params.limit} elements but instance has ${lengthOf(data)} elements`,
  minLength: ({ data, params }) =>
    `string ${quoted(data)} is too short (length: ${lengthOf(data)}, required minimum: ${params.limit})`,
  pattern: ({ data, params }) =>
    `ECMA 262 regex ${quoted(params.pattern)} does not match input string ${quoted(data)}`,
  required: ({ params }) => `object has missing required properties (${list(params.missingProperty)})`,
  type: ({ data, params }) =>
    `instance type (${typeOf(data)}) does not match any allowed primitive type (allowed: ${list(params.type)})`,
};

const wordsFor = (error: ErrorObject): string =>
  WORDS[error.keyword]?.(error) ?? `${error.instancePath || 'the body'} ${error.message ?? error.keyword}`;
