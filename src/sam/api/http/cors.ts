import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { refuse } from '../../problems.ts';
import { given, truthy } from '../../python/values.ts';
import { isCall } from '../document/calls.ts';
import { toPython } from '../document/convert.ts';
import type { Definition } from '../document/definition.ts';
import { bytes, PyMap } from '../document/python-map.ts';
import { isHttpEditable } from './editor.ts';

/** Settings, with what they are called in a definition. */
const SETTINGS: Readonly<Record<string, string>> = {
  AllowOrigins: 'allowOrigins',
  AllowHeaders: 'allowHeaders',
  AllowMethods: 'allowMethods',
  ExposeHeaders: 'exposeHeaders',
  MaxAge: 'maxAge',
  AllowCredentials: 'allowCredentials',
};

const KEY = 'x-amazon-apigateway-cors';

/** Writes `CorsConfiguration` into the definition of an API. */
export function addHttpCors(definition: Definition, written: Json): void {
  const { apiId, root } = definition;
  const settings = settingsOf(apiId, written);
  const { AllowOrigins, AllowCredentials } = settings;
  if (!isHttpEditable(definition))
    refuse(
      apiId,
      ['CorsConfiguration'],
      'CorsConfiguration needs a definition with paths, and openapi with a version of 3',
    );
  if (
    AllowCredentials === true &&
    Array.isArray(AllowOrigins) &&
    AllowOrigins.length === 1 &&
    AllowOrigins[0] === '*'
  )
    refuse(
      apiId,
      ['CorsConfiguration', 'AllowCredentials'],
      'browsers send credentials to named origins only; set AllowOrigins to some that are not *',
    );
  const found = root.has(KEY) ? root.get(KEY) : definition.map();
  if (!(found instanceof PyMap)) definition.refuse([KEY], `${KEY} has to be a map`);
  if (truthy(AllowOrigins) && isCall(AllowOrigins)) {
    const call = toPython(renamed(AllowOrigins), undefined) as PyMap;
    for (const [key, value] of call.entries()) found.set(key, value);
  } else
    for (const [name, key] of Object.entries(SETTINGS)) {
      const value = settings[name];
      const isWanted =
        name === 'MaxAge' ? given(value) : name === 'AllowCredentials' ? value === true : truthy(value);
      if (isWanted) found.set(bytes(key), definition.authored(value ?? null));
    }
  root.set(bytes(KEY), found);
}

function settingsOf(apiId: string, written: Json): JsonObject {
  if (typeof written === 'boolean') return { AllowOrigins: ['*'] };
  if (isCall(written)) return { AllowOrigins: written };
  if (!isObject(written))
    return refuse(apiId, ['CorsConfiguration'], 'CorsConfiguration has to be true, or a map');
  for (const name in written)
    if (!Object.hasOwn(SETTINGS, name))
      refuse(
        apiId,
        ['CorsConfiguration', name],
        `CorsConfiguration has no setting ${name}; it has ${Object.keys(SETTINGS).join(', ')}`,
      );
  return written;
}

const NAMES = new RegExp(Object.keys(SETTINGS).join('|'), 'g');
const inDefinition = (text: string): string => text.replace(NAMES, (name) => SETTINGS[name] ?? name);

/** A function call whose texts name settings as definitions do. */
function renamed(value: Json): Json {
  if (typeof value === 'string') return inDefinition(value);
  if (Array.isArray(value)) return value.map(renamed);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [inDefinition(key), renamed(item)]));
}
