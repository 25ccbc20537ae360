import type { Json, JsonObject } from '../../../template/types.ts';
import { refuse } from '../../problems.ts';
import { given, truthy } from '../../python/values.ts';
import { isCall } from '../document/calls.ts';
import { madeValue, toPython } from '../document/convert.ts';
import { type Definition, INTEGRATION, methodName } from '../document/definition.ts';
import { bytes, isTrue, PyMap } from '../document/python-map.ts';
import { type HttpApiAuthorizer, httpAuthorizers, securityScheme } from './authorizers.ts';
import { checkHttp, mapIn } from './editor.ts';

const SETTINGS = ['Authorizers', 'DefaultAuthorizer', 'EnableIamAuthorizer'];

/** Writes `Auth` of an API into its definition. */
export function addHttpAuth(definition: Definition, auth: JsonObject, partition: string): void {
  const { apiId, root } = definition;
  for (const name in auth)
    if (!SETTINGS.includes(name))
      refuse(apiId, ['Auth', name], `Auth has no setting ${name}; it has ${SETTINGS.join(', ')}`);
  checkHttp(definition);
  const authorizers = httpAuthorizers(apiId, auth);
  if (authorizers.size > 0) {
    const schemes = mapIn(definition, mapIn(definition, root, ['components']), [
      'components',
      'securitySchemes',
    ]);
    for (const [name, authorizer] of authorizers)
      schemes.set(name, madeValue(securityScheme(apiId, authorizer, partition)));
  }
  const byDefault = auth.DefaultAuthorizer;
  if (!truthy(byDefault) || (isCall(byDefault) && byDefault.Ref === 'AWS::NoValue')) return;
  const at = ['Auth', 'DefaultAuthorizer'];
  if (typeof byDefault !== 'string') refuse(apiId, at, 'DefaultAuthorizer has to be a text');
  const authorizer = authorizers.get(byDefault);
  if (!authorizer) refuse(apiId, at, `DefaultAuthorizer is ${byDefault}, which is none of Authorizers`);
  for (const path of definition.paths.keys()) setDefault(definition, path, authorizer);
}

/** Sets the authorizer of each method of a path that has no security of its own. */
function setDefault(definition: Definition, path: string, { name, properties }: HttpApiAuthorizer): void {
  const scopes: Json = given(properties.AuthorizationScopes) ? properties.AuthorizationScopes : [];
  for (const item of definition.pathItems(path))
    for (const key of item.keys()) {
      const method = methodName(key);
      if (method === 'parameters' || method === 'options') continue;
      if (!item.has(method))
        definition.refuse(
          ['paths', path, key],
          `the method ${key} of the path ${path} has to be written as ${method}`,
        );
      for (const found of definition.methods(item, [path, key]))
        if (isTrue(found.get(INTEGRATION)) && !isTrue(found.get('security')))
          found.set(bytes('security'), [toPython({ [name]: scopes }, undefined)]);
    }
}

/** Sets what an event says of the authorizer of its method. */
export function setMethodAuthorizer(
  definition: Definition,
  [path, method]: readonly [string, string],
  { name, scopes }: { readonly name: string; readonly scopes: Json },
): void {
  for (const found of definition.integrated(path, method)) {
    const before = found.get('security') ?? [];
    if (!Array.isArray(before))
      definition.refuse(
        ['paths', path, method, 'security'],
        `security of the method ${method} of the path ${path} has to be a list`,
      );
    const added = new PyMap();
    added.set(name, definition.authored(scopes));
    found.set(bytes('security'), [...before, added]);
  }
}
