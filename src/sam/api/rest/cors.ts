import { isObject, type Json } from '../../../template/types.ts';
import { refuse } from '../../problems.ts';
import { given, truthy } from '../../python/values.ts';
import { isCall } from '../document/calls.ts';
import { ANY_METHOD, type Definition } from '../document/definition.ts';
import { bytes, isTrue, listed, type PyMap, type PyValue } from '../document/python-map.ts';
import { RestEdit } from './editor.ts';

const SETTINGS = ['AllowMethods', 'AllowHeaders', 'AllowOrigin', 'MaxAge', 'AllowCredentials'];
const ANY_ORIGIN = "'*'";
const ALL_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

interface Cors {
  readonly origin: PyValue;
  readonly headers: PyValue;
  readonly methods: PyValue;
  readonly maxAge: PyValue;
  readonly hasCredentials: boolean;
}

/** Adds a method `options` that answers browsers to each path that has none. */
export function addCors(definition: Definition, cors: Json): void {
  const edit = new RestEdit(definition);
  const settings = settingsOf(definition, cors);
  const done = new Set<string>();
  for (const path of definition.paths.keys()) {
    // API Gateway takes both for the same resource.
    const resource = path === '/' ? path : path.replace(/\/+$/, '');
    if (done.has(resource)) continue;
    done.add(resource);
    addToPath(definition, path, settings);
  }
  edit.end();
}

function settingsOf(definition: Definition, cors: Json): Cors {
  const { apiId } = definition;
  const values: Json = typeof cors === 'string' || isCall(cors) ? { AllowOrigin: cors } : cors;
  if (!isObject(values)) return refuse(apiId, ['Cors'], 'Cors has to be a text or a map');
  for (const name in values)
    if (!SETTINGS.includes(name))
      refuse(apiId, ['Cors', name], `Cors has no setting ${name}; it has ${SETTINGS.join(', ')}`);
  const origin = Object.hasOwn(values, 'AllowOrigin') ? values.AllowOrigin : ANY_ORIGIN;
  if (values.AllowCredentials === true && origin === ANY_ORIGIN)
    refuse(
      apiId,
      ['Cors', 'AllowCredentials'],
      `browsers send credentials to named origins only; set AllowOrigin to one that is not ${ANY_ORIGIN}`,
    );
  return {
    origin: Object.hasOwn(values, 'AllowOrigin') ? definition.authored(origin ?? null) : bytes(ANY_ORIGIN),
    headers: definition.authored(values.AllowHeaders ?? null),
    methods: truthy(values.AllowMethods) ? definition.authored(values.AllowMethods) : null,
    maxAge: definition.authored(given(values.MaxAge) ? values.MaxAge : null),
    hasCredentials: values.AllowCredentials === true,
  };
}

function addToPath(definition: Definition, path: string, cors: Cors): void {
  let { methods } = cors;
  for (const item of definition.pathItems(path)) {
    if (item.has('options')) continue;
    if (!isTrue(cors.origin))
      refuse(definition.apiId, ['Cors', 'AllowOrigin'], 'AllowOrigin must not be empty');
    if (!isTrue(methods)) methods = bytes(`'${methodsOf(item)}'`);
    item.set(bytes('options'), preflight(definition, { ...cors, methods }));
  }
}

function methodsOf(item: PyMap): string {
  if (item.has(ANY_METHOD)) return ALL_METHODS.join(',');
  return [...new Set([...item.keys(), 'options'].map((method) => method.toUpperCase()))].sort().join(',');
}

function preflight(definition: Definition, cors: Cors): PyMap {
  const parameters = definition.map();
  const headers = definition.map();
  const add = (name: string, value: PyValue, type = 'string'): void => {
    parameters.set(bytes(`method.response.header.Access-Control-${name}`), value);
    headers.set(bytes(`Access-Control-${name}`), listed({ type: bytes(type) }));
  };
  add('Allow-Origin', cors.origin);
  if (isTrue(cors.headers)) add('Allow-Headers', cors.headers);
  if (isTrue(cors.methods)) add('Allow-Methods', cors.methods);
  if (cors.maxAge !== null) add('Max-Age', cors.maxAge, 'integer');
  if (cors.hasCredentials) add('Allow-Credentials', bytes("'true'"));
  const ordered = (entries: readonly (readonly [string, PyValue])[]): PyMap => {
    const map = definition.map();
    for (const [key, value] of entries) map.set(bytes(key), value);
    return map;
  };
  const json = [bytes('application/json')];
  return ordered([
    ['summary', bytes('CORS support')],
    ['consumes', json],
    ['produces', [...json]],
    [
      'x-amazon-apigateway-integration',
      ordered([
        ['type', bytes('mock')],
        ['requestTemplates', listed({ 'application/json': bytes('{\n  "statusCode" : 200\n}\n') })],
        [
          'responses',
          ordered([
            [
              'default',
              ordered([
                ['statusCode', bytes('200')],
                ['responseParameters', parameters],
                ['responseTemplates', listed({ 'application/json': bytes('{}\n') })],
              ]),
            ],
          ]),
        ],
      ]),
    ],
    [
      'responses',
      ordered([
        [
          '200',
          ordered([
            ['description', bytes('Default response for CORS method')],
            ['headers', headers],
          ]),
        ],
      ]),
    ],
  ]);
}
