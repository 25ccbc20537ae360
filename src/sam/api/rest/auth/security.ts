import { isObject, type Json, type JsonObject } from '../../../../template/types.ts';
import { given, truthy } from '../../../python/values.ts';
import { INTEGRATION, methodName } from '../../document/definition.ts';
import { bytes, isTrue, PyMap, type PyValue } from '../../document/python-map.ts';
import type { RestEdit } from '../editor.ts';

/** Entries of a path that are no methods. */
const NO_METHODS: ReadonlySet<string> = new Set(['summary', 'description', 'parameters']);

/** A marker that a method needs no key, although the API says so; it goes once that is applied. */
const NO_KEY = 'api_key_false';

/** Methods of a path that have an integration. */
function* methodsOf(
  { definition }: RestEdit,
  path: string,
): Generator<readonly [name: string, method: PyMap]> {
  for (const item of definition.pathItems(path))
    for (const name of item.keys()) {
      if (NO_METHODS.has(name)) continue;
      for (const method of definition.methods(item, [path, name]))
        if (isTrue(method.get(INTEGRATION))) yield [methodName(name), method];
    }
}

function securityOf(
  { definition }: RestEdit,
  [path, name]: readonly [string, string],
  method: PyMap,
): PyMap[] {
  const at = ['paths', path, name, 'security'];
  const security = method.has('security') ? method.get('security') : [];
  if (!Array.isArray(security))
    return definition.refuse(at, `security of the method ${name} of the path ${path} has to be a list`);
  return security.map((each, index) =>
    each instanceof PyMap
      ? each
      : definition.refuse(
          [...at, index],
          `security of the method ${name} of the path ${path} has to be a list of maps`,
        ),
  );
}

const withEntry = ({ definition }: RestEdit, key: Parameters<PyMap['set']>[0], value: PyValue): PyMap => {
  const map = definition.map();
  map.set(key, value);
  return map;
};

/** Sets the authorizer of each method of a path that has no other, and that does not want none. */
export function setDefaultAuthorizer(
  edit: RestEdit,
  path: string,
  authorizer: {
    readonly name: string;
    readonly scopes: Json | undefined;
    readonly known: ReadonlySet<string>;
    readonly isForPreflight: boolean;
  },
): void {
  const { name, scopes, known, isForPreflight } = authorizer;
  for (const [methodKey, method] of methodsOf(edit, path)) {
    if (!isForPreflight && methodKey === 'options') continue;
    const [own, others] = split(securityOf(edit, [path, methodKey], method), known);
    const none = others.findIndex((each) => each.has('NONE'));
    let security: PyMap[];
    if (none >= 0) security = others.filter((_, index) => index !== none);
    else if (own.length > 0) security = [...others, ...own];
    else security = [...others, withEntry(edit, name, given(scopes) ? edit.definition.authored(scopes) : [])];
    setSecurity(edit, method, security);
  }
}

/** Those that have one of the names, and those that have none. */
function split(security: readonly PyMap[], names: ReadonlySet<string>): readonly [PyMap[], PyMap[]] {
  const having: PyMap[] = [];
  const others: PyMap[] = [];
  for (const each of security) {
    if (each.keys().some((key) => names.has(key))) having.push(each);
    else others.push(each);
  }
  return [having, others];
}

function setSecurity(edit: RestEdit, method: PyMap, security: PyMap[]): void {
  if (security.length === 0) return;
  method.set(bytes('security'), security);
  if (security[0]?.has('AWS_IAM')) addIamDefinition(edit);
}

const KEY_NAMES: ReadonlySet<string> = new Set(['api_key', NO_KEY]);

/** Makes each method of a path need a key, unless it says otherwise. */
export function setKeyRequired(edit: RestEdit, path: string, isForPreflight: boolean): void {
  for (const [name, method] of methodsOf(edit, path)) {
    const existing = securityOf(edit, [path, name], method);
    const [keys, others] = split(existing, KEY_NAMES);
    const needsNone = keys.some((each) => each.has(NO_KEY));
    const isLeftOut = needsNone || (name === 'options' && !isForPreflight);
    const security = isLeftOut ? others : [...others, withEntry(edit, bytes('api_key'), [])];
    const isEqual =
      security.length === existing.length &&
      security.every((each, index) => each === existing[index] || isKeyOnly(each, existing[index]));
    if (!isEqual) method.set(bytes('security'), security);
  }
}

const isKeyOnly = (one: PyMap, other: PyMap | undefined): boolean =>
  [one, other].every((each) => {
    const scopes = each?.size === 1 ? each.get('api_key') : undefined;
    return Array.isArray(scopes) && scopes.length === 0;
  });

/** Sets what an event says of the authorizer and the key of its method. */
export function addMethodAuth(
  edit: RestEdit,
  [path, method]: readonly [string, string],
  { auth, authorizers }: { readonly auth: JsonObject; readonly authorizers: Json | undefined },
): void {
  const { Authorizer, AuthorizationScopes, ApiKeyRequired } = auth;
  if (truthy(Authorizer) && typeof Authorizer === 'string')
    for (const found of edit.definition.integrated(path, method)) {
      const scopes = scopesOf(Authorizer, authorizers, AuthorizationScopes);
      const added = withEntry(edit, Authorizer, scopes === undefined ? [] : edit.definition.authored(scopes));
      setSecurity(edit, found, [...securityOf(edit, [path, method], found), added]);
    }
  if (!given(ApiKeyRequired)) return;
  for (const found of edit.definition.integrated(path, method)) {
    const isRequired = truthy(ApiKeyRequired);
    if (isRequired) addKeyDefinition(edit);
    const added = withEntry(edit, bytes(isRequired ? 'api_key' : NO_KEY), []);
    found.set(bytes('security'), [...securityOf(edit, [path, method], found), added]);
  }
}

function scopesOf(name: string, authorizers: Json | undefined, ofMethod: Json | undefined): Json | undefined {
  if (name === 'NONE' || !isObject(authorizers)) return undefined;
  const authorizer = authorizers[name];
  if (!isObject(authorizer)) return undefined;
  return given(ofMethod) ? ofMethod : (authorizer.AuthorizationScopes ?? undefined);
}

function addIamDefinition(edit: RestEdit): void {
  addDefinition(edit, 'AWS_IAM', {
    'x-amazon-apigateway-authtype': 'awsSigv4',
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
  });
}

/** Adds the definition of keys in a header. */
export function addKeyDefinition(edit: RestEdit): void {
  addDefinition(edit, 'api_key', { type: 'apiKey', name: 'x-api-key', in: 'header' });
}

function addDefinition(edit: RestEdit, name: string, texts: Readonly<Record<string, string>>): void {
  const definitions = edit.section('security');
  if (definitions.has(name)) return;
  const map = edit.definition.map();
  for (const key in texts) map.set(bytes(key), bytes(texts[key] ?? ''));
  definitions.update({ [name]: map });
}
