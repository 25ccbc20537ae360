import { isObject, type Json, type JsonObject, own, type Template } from '../types.ts';
import { equivalent } from '../values/equivalence.ts';
import { yamlText } from '../write/yaml-text.ts';
import { textDiff } from './text.ts';

/** Sections that are told entry by entry; others as a whole. */
const BY_ENTRY = /^(Resources|Outputs|Parameters|Conditions|Mappings|Rules)$/;

/**
 * What differs between two templates as lines of a unified diff, a hunk for each entry; nothing where they mean the same.
 *
 * @param before,after `undefined`: there is none
 */
export function templateDifference(before: Template | undefined, after: Template | undefined): string[] {
  const [old, now]: readonly [JsonObject, JsonObject] = [before ?? {}, after ?? {}];
  return namesIn(old, now).flatMap((section) => {
    const [one, other] = [own(old, section), own(now, section)];
    if (!BY_ENTRY.test(section)) return hunk(section, one, other);
    const [entries, others] = [mapOf(one), mapOf(other)];
    return namesIn(entries, others).flatMap((name) =>
      hunk(`${section}.${name}`, own(entries, name), own(others, name)),
    );
  });
}

const mapOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

const namesIn = (old: JsonObject, now: JsonObject): readonly string[] => [
  ...new Set([...Object.keys(now), ...Object.keys(old)]),
];

function hunk(name: string, before: Json | undefined, after: Json | undefined): string[] {
  if (equivalent(before, after)) return [];
  const [old, now] = [before, after].map((value) =>
    value === undefined ? [] : yamlText(inOrder(value)).trimEnd().split('\n'),
  );
  return [`@@ ${name} @@`, ...textDiff(old ?? [], now ?? [])];
}

/** Whoever wrote them, and in which order. */
function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, inOrder(value[key] ?? null)]),
  );
}
