import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { tableOf } from '../../python/key-order.ts';
import { given, truthy } from '../../python/values.ts';
import { type Definition, INTEGRATION } from '../document/definition.ts';
import { bytes, isTrue, listed, PyMap, type PyValue } from '../document/python-map.ts';
import { isOpenApi3, openApiVersion, type RestEdit } from './editor.ts';

const VALIDATORS = 'x-amazon-apigateway-request-validators';

type Route = readonly [path: string, method: string];

/** A parameter that a method takes. */
export interface RequestParameter {
  /** Such as `method.request.header.Authorization`. */
  readonly name: string;
  readonly isRequired: Json;
  readonly isCached: boolean;
}

/** Sets how long a method waits for its function. */
export function setTimeout(edit: RestEdit, [path, method]: Route, timeout: Json): void {
  for (const found of edit.definition.integrated(path, method)) {
    const integration = found.get(INTEGRATION);
    if (integration instanceof PyMap)
      integration.set(bytes('timeoutInMillis'), edit.definition.authored(timeout));
  }
}

/** Says of what shape the body of a request is. */
export function setRequestModel(
  { definition }: RestEdit,
  [path, method]: Route,
  { name, isRequired }: { readonly name: string; readonly isRequired: Json | undefined },
): void {
  const { root } = definition;
  const model = name.toLowerCase();
  for (const found of definition.integrated(path, method)) {
    if (given(toValue(root.get('swagger')))) {
      const parameter = definition.map();
      parameter.set(bytes('in'), bytes('body'));
      parameter.set(bytes('name'), model);
      parameter.set(bytes('schema'), listed({ $ref: bytes(`#/definitions/${model}`) }));
      if (given(isRequired)) parameter.set(bytes('required'), definition.authored(isRequired));
      const before = found.get('parameters');
      found.set(bytes('parameters'), [...(Array.isArray(before) ? before : []), parameter]);
    } else if (isTrue(root.get('openapi')) && isOpenApi3(openApiVersion(root))) {
      const schema = listed({ $ref: bytes(`#/components/schemas/${model}`) });
      const body = listed({ content: listed({ 'application/json': listed({ schema }) }) });
      if (given(isRequired)) body.set(bytes('required'), definition.authored(isRequired));
      found.set(bytes('requestBody'), body);
    }
  }
}

/** Whether there is a value: only that is asked. */
const toValue = (value: PyValue | undefined): true | null =>
  value === undefined || value === null ? null : true;

/** Says what of a request is checked. */
export function setValidator(
  edit: RestEdit,
  [path, method]: Route,
  checks: { readonly body: boolean; readonly parameters: boolean },
): void {
  const definition: Definition = edit.definition;
  const { root } = definition;
  const name = validatorName(checks);
  if (!isTrue(root.get(VALIDATORS))) root.set(bytes(VALIDATORS), definition.map());
  const validators = root.get(VALIDATORS);
  if (!(validators instanceof PyMap)) definition.refuse([VALIDATORS], `${VALIDATORS} has to be a map`);
  if (!isTrue(validators.get(name))) {
    const validator = definition.map();
    validator.set(bytes('validateRequestBody'), checks.body);
    validator.set(bytes('validateRequestParameters'), checks.parameters);
    validators.update({ [name]: validator });
  }
  for (const found of definition.integrated(path, method))
    found.update({ 'x-amazon-apigateway-request-validator': bytes(name) });
}

function validatorName({
  body,
  parameters,
}: {
  readonly body: boolean;
  readonly parameters: boolean;
}): string {
  if (body) return parameters ? 'body-and-params' : 'body-only';
  return parameters ? 'params-only' : 'no-validation';
}

/** Says which parameters a method takes. */
export function addRequestParameters(
  { definition }: RestEdit,
  [path, method]: Route,
  added: readonly RequestParameter[],
): void {
  for (const found of definition.integrated(path, method)) {
    const before = found.get('parameters');
    const parameters = Array.isArray(before) ? before : [];
    for (const { name, isRequired, isCached } of added) {
      const rest = name.replaceAll('method.request.', '');
      const dot = rest.indexOf('.');
      const location = rest.slice(0, dot);
      const parameter = definition.map();
      parameter.set(bytes('in'), location === 'querystring' ? bytes('query') : location);
      parameter.set(bytes('name'), rest.slice(dot + 1));
      parameter.set(bytes('required'), definition.authored(isRequired));
      parameter.set(bytes('type'), bytes('string'));
      parameters.push(parameter);
      const integration = found.get(INTEGRATION);
      if (!isCached || !(integration instanceof PyMap)) continue;
      const keys = integration.get('cacheKeyParameters');
      integration.set(bytes('cacheKeyParameters'), [...(Array.isArray(keys) ? keys : []), name]);
    }
    found.set(bytes('parameters'), parameters);
  }
}

const PARAMETER = /^method\.request\.(querystring|path|header)\./;

/** `RequestParameters` of an event; `refuse` is told of what is none. */
export function requestParameters(
  written: readonly Json[],
  refuse: (index: number, message: string) => never,
): RequestParameter[] {
  return written.map((each, index) => {
    const [name, settings] =
      entryOf(each) ?? refuse(index, 'RequestParameters takes texts and maps of one entry');
    if (!PARAMETER.test(name))
      refuse(
        index,
        `${name} has to begin with method.request.querystring., .path. or .header., as in method.request.header.Authorization`,
      );
    if (!isObject(settings) || Object.keys(settings).some((key) => key !== 'Required' && key !== 'Caching'))
      return refuse(index, `${name} has to be a map of Required and Caching`);
    const has = (key: string): boolean => Object.hasOwn(settings, key);
    return {
      name,
      isRequired: has('Required') ? (settings.Required ?? null) : false,
      isCached: has('Caching') && truthy(settings.Caching),
    };
  });
}

function entryOf(written: Json): [string, Json] | undefined {
  if (typeof written === 'string') return [written, {} satisfies JsonObject];
  // Of several the reference takes the one that its hash table lists first.
  const [name] = isObject(written) ? tableOf(written).keys() : [];
  return isObject(written) && name !== undefined ? [name, written[name] ?? null] : undefined;
}
