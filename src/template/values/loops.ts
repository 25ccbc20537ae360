import { isObject, type Json, type JsonObject, type TemplatePath } from '../types.ts';

/** Whether a key of a map is a loop of the language extensions. */
export const isLoop = (key: string): boolean => key.startsWith('Fn::ForEach::');

/** More than CloudFormation takes of anything are left to it. Source: AWS CloudFormation User Guide, quotas. */
const MOST = 1000;

/** What a loop makes, and where in the loop its pattern is. */
type LoopEntry = readonly [key: string, value: Json, from: TemplatePath];

/**
 * The entries that a loop makes, loops in it included; `undefined` where only CloudFormation knows what it goes over.
 * Source: AWS CloudFormation template reference, "Fn::ForEach".
 *
 * @param comesTo the value of an expression, as far as it is known
 */
export function loopEntries(
  loop: Json,
  comesTo: (value: Json) => Json | undefined,
): readonly LoopEntry[] | undefined {
  const [variable, collection, body] = Array.isArray(loop) ? loop : [];
  const items = collection === undefined ? undefined : collectionOf(collection, comesTo);
  if (typeof variable !== 'string' || !items || !isObject(body)) return undefined;
  const found: LoopEntry[] = [];
  for (const item of items) {
    for (const [pattern, key, value] of filled(body, variable, item)) {
      const inner = isLoop(key) ? loopEntries(value, comesTo) : [[key, value, []] as const];
      if (!inner) return undefined;
      found.push(...inner.map(([name, made, rest]): LoopEntry => [name, made, [2, pattern, ...rest]]));
      if (found.length > MOST) return undefined;
    }
  }
  return found;
}

function collectionOf(
  collection: Json,
  comesTo: (value: Json) => Json | undefined,
): readonly string[] | undefined {
  const items = Array.isArray(collection) ? collection.map(comesTo) : comesTo(collection);
  if (!Array.isArray(items)) return undefined;
  const flat = items.flat().map((item) => (typeof item === 'number' ? String(item) : item));
  return flat.every((item) => typeof item === 'string') ? flat : undefined;
}

/**
 * The entries of a loop's body for one item, each with its pattern. `&{Name}` stands for the letters and digits of the
 * item only.
 */
function filled(body: JsonObject, variable: string, item: string): readonly [string, string, Json][] {
  const text = (written: string): string =>
    written
      .replaceAll(`\${${variable}}`, item)
      .replaceAll(`&{${variable}}`, item.replaceAll(/[^A-Za-z0-9]/g, ''));
  const fill = (value: Json): Json => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(fill);
    if (!isObject(value)) return value;
    if (value.Ref === variable) return item;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [text(key), fill(each)]));
  };
  return Object.entries(body).map(([pattern, value]) => [pattern, text(pattern), fill(value)]);
}
