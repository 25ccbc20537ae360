import { isObject, type Json, type JsonObject, type TemplatePath } from '../../../template/types.ts';
import { refuse } from '../../problems.ts';
import { tableOf } from '../../python/key-order.ts';
import { KeyTable } from '../../python/key-table.ts';
import { given, truthy } from '../../python/values.ts';
import { isCall } from '../document/calls.ts';
import type { Definition } from '../document/definition.ts';
import { bytes, isTrue, listed, PyMap, type PyValue, textOf } from '../document/python-map.ts';
import { isOpenApi3, openApiVersion, RestEdit } from './editor.ts';

const RESPONSE_PARTS = ['ResponseParameters', 'ResponseTemplates', 'StatusCode'];
const PARAMETER_PREFIXES = { Headers: 'header.', Paths: 'path.', QueryStrings: 'querystring.' } as const;

/** Writes `GatewayResponses` into the definition of an API. */
export function addGatewayResponses(definition: Definition, responses: JsonObject): void {
  const { apiId } = definition;
  for (const [type, response] of Object.entries(responses)) {
    const at: TemplatePath = ['GatewayResponses', type];
    if (isCall(response)) refuse(apiId, at, 'GatewayResponses takes no function calls');
    if (!isObject(response)) refuse(apiId, at, `the response ${type} has to be a map`);
    for (const name in response)
      if (!RESPONSE_PARTS.includes(name))
        refuse(
          apiId,
          [...at, name],
          `a gateway response has no ${name}; it has ${RESPONSE_PARTS.join(', ')}`,
        );
  }
  const edit = new RestEdit(definition);
  const section = edit.section('gatewayResponses');
  for (const type of KeyTable.of(tableOf(responses).keys()).keys())
    section.set(type, gatewayResponse(definition, type, responses[type] as JsonObject));
  edit.end();
}

function gatewayResponse(definition: Definition, type: string, response: JsonObject): PyMap {
  const { apiId } = definition;
  const { ResponseParameters, ResponseTemplates, StatusCode } = response;
  const at: TemplatePath = ['GatewayResponses', type];
  const parameters = truthy(ResponseParameters) ? ResponseParameters : {};
  if (!isObject(parameters))
    return refuse(apiId, [...at, 'ResponseParameters'], 'ResponseParameters has to be a map');
  for (const part in parameters)
    if (!Object.hasOwn(PARAMETER_PREFIXES, part))
      refuse(
        apiId,
        [...at, 'ResponseParameters', part],
        `ResponseParameters has no ${part}; it has ${Object.keys(PARAMETER_PREFIXES).join(', ')}`,
      );
  const status = given(StatusCode) ? String(StatusCode) : '';
  if (truthy(StatusCode) && !/^[0-9]{1,3}$/.test(status))
    refuse(apiId, [...at, 'StatusCode'], 'StatusCode has to be a number of up to three digits');
  const made = definition.map();
  made.set(bytes('responseParameters'), prefixed(definition, [...at, 'ResponseParameters'], parameters));
  made.set(
    bytes('responseTemplates'),
    truthy(ResponseTemplates) ? definition.authored(ResponseTemplates) : definition.map(),
  );
  if (status !== '') made.set(bytes('statusCode'), bytes(status));
  return made;
}

function prefixed(definition: Definition, at: TemplatePath, parameters: JsonObject): PyMap {
  const made = definition.map();
  for (const part of Object.keys(PARAMETER_PREFIXES) as (keyof typeof PARAMETER_PREFIXES)[]) {
    const values = Object.hasOwn(parameters, part) ? parameters[part] : {};
    if (!isObject(values)) return refuse(definition.apiId, [...at, part], `${part} has to be a map`);
    for (const key of tableOf(values).keys())
      made.set(`gatewayresponse.${PARAMETER_PREFIXES[part]}${key}`, definition.authored(values[key] ?? null));
  }
  return made;
}

/** Writes `Models` into the definition of an API. */
export function addModels(definition: Definition, models: JsonObject): void {
  const { apiId } = definition;
  for (const name in models)
    if (!isObject(models[name])) refuse(apiId, ['Models', name], `the model ${name} has to be a map`);
  const edit = new RestEdit(definition);
  const section = edit.section('models');
  for (const name of tableOf(models).keys()) {
    const model = models[name];
    if (!isObject(model) || !truthy(model.type))
      refuse(apiId, ['Models', name], `the model ${name} has no type, which its schema needs`);
    section.set(name.toLowerCase(), definition.authored(model ?? null));
  }
  edit.end();
}

/** Writes `BinaryMediaTypes` into the definition of an API; `~1` in them stands for a slash. */
export function addBinaryMediaTypes(definition: Definition, types: Json): void {
  const edit = new RestEdit(definition);
  definition.root.set(
    bytes('x-amazon-apigateway-binary-media-types'),
    withSlashes(definition.authored(types), definition),
  );
  edit.end();
}

function withSlashes(value: PyValue, definition: Definition): PyValue {
  const text = textOf(value);
  if (text !== undefined) return text.replaceAll('~1', '/');
  if (Array.isArray(value)) return value.map((item) => withSlashes(item, definition));
  if (!(value instanceof PyMap)) return value;
  const made = definition.map();
  for (const key of value.keys())
    made.set(key.replaceAll('~1', '/'), withSlashes(value.get(key) ?? null, definition));
  return made;
}

const ENDPOINT = 'x-amazon-apigateway-endpoint-configuration';

/** Writes `DisableExecuteApiEndpoint` into the definition of an API. */
export function setEndpoint(definition: Definition, isDisabled: Json): void {
  const edit = new RestEdit(definition);
  const { root } = definition;
  const set = (map: PyValue, at: readonly (string | number)[]): void => {
    if (!(map instanceof PyMap)) definition.refuse(at, 'servers of a definition have to be maps');
    if (!map.has(ENDPOINT)) map.set(bytes(ENDPOINT), listed({}));
    const endpoint = map.get(ENDPOINT);
    if (!(endpoint instanceof PyMap)) definition.refuse([...at, ENDPOINT], `${ENDPOINT} has to be a map`);
    endpoint.set(bytes('disableExecuteApiEndpoint'), definition.authored(isDisabled));
  };
  if (isTrue(root.get('openapi')) && isOpenApi3(openApiVersion(root))) {
    const servers = root.has('servers') ? root.get('servers') : [definition.map()];
    if (!Array.isArray(servers)) definition.refuse(['servers'], 'servers has to be a list');
    for (const [index, server] of servers.entries()) set(server, ['servers', index]);
    root.set(bytes('servers'), servers);
  } else set(root, []);
  edit.end();
}
