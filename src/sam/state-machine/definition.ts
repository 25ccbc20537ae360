import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { s3Location } from '../code-location.ts';
import { isCall } from '../intrinsics.ts';
import { refuse } from '../problems.ts';
import { byCodePoint, pythonJsonLines } from '../python/json.ts';
import { truthy } from '../python/values.ts';
import type { SamSource } from '../types.ts';

/** A value that CloudFormation reads from elsewhere. */
const DYNAMIC_REFERENCE = /^\{\{resolve:([a-z-]+):(.+)\}\}$/;

/** What a state machine does: where its definition is, or its text with what has to be put into it. */
export function definitionOf({ logicalId, properties }: SamSource): JsonObject {
  const { Definition, DefinitionUri, DefinitionSubstitutions } = properties;
  const given =
    truthy(DefinitionSubstitutions) && isObject(DefinitionSubstitutions) ? DefinitionSubstitutions : {};
  if (truthy(Definition) && truthy(DefinitionUri))
    refuse(
      logicalId,
      ['DefinitionUri'],
      'Definition and DefinitionUri exclude each other; remove one of them',
    );
  if (truthy(Definition)) {
    const found: JsonObject = {};
    const text = withSubstitutions(Definition, found);
    const all = { ...given, ...found };
    return {
      DefinitionString: { 'Fn::Join': ['\n', pythonJsonLines(text)] },
      ...(Object.keys(all).length > 0 && { DefinitionSubstitutions: all }),
    };
  }
  if (!truthy(DefinitionUri))
    return refuse(logicalId, [], 'a state machine needs Definition or DefinitionUri');
  const { Bucket, Key, Version } = s3Location(logicalId, 'DefinitionUri', DefinitionUri);
  return {
    DefinitionS3Location: { Bucket, Key, ...(Version !== undefined && { Version }) },
    ...(Object.keys(given).length > 0 && { DefinitionSubstitutions: given }),
  };
}

/**
 * A copy of a definition in which function calls stand as variables, as the definition is handed on as a text.
 *
 * @param found is filled with what the variables stand for
 */
function withSubstitutions(value: Json, found: JsonObject): Json {
  const each = (item: Json): Json => {
    if (isCall(item) || (typeof item === 'string' && DYNAMIC_REFERENCE.test(item))) {
      const name = `definition_substitution_${Object.keys(found).length + 1}`;
      found[name] = item;
      return `\${${name}}`;
    }
    return typeof item === 'object' ? withSubstitutions(item, found) : item;
  };
  if (Array.isArray(value)) return value.map(each);
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort(byCodePoint);
  return Object.fromEntries(names.map((name) => [name, each(value[name] ?? null)]));
}
