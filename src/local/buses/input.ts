import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import type { RulePlan, TargetPlan } from '../service/plan.ts';

/** What a target gets of an event: the event, a part of it, or what its input or transformer makes. */
export function targetInput(
  target: TargetPlan,
  event: JsonObject,
  rule: Pick<RulePlan, 'name' | 'arn'>,
): string {
  if (target.input !== undefined) return target.input;
  if (target.inputPath !== undefined) return JSON.stringify(valueAt(event, target.inputPath) ?? null);
  if (!target.transformer) return JSON.stringify(event);
  const { paths, template } = target.transformer;
  const values: Record<string, Json | undefined> = {
    ...Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, valueAt(event, path)])),
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': event.time,
    'aws.events.event': withoutDetail(event),
    'aws.events.event.json': event,
  };
  return filled(template, (name) => (Object.hasOwn(values, name) ? { value: values[name] } : undefined));
}

const withoutDetail = ({ detail: _, ...event }: JsonObject): JsonObject => event;

/** `$.detail.items[0].id`, as far as EventBridge takes JSONPath. */
export function valueAt(event: Json, path: string): Json | undefined {
  let value: Json | undefined = event;
  for (const [, name, index, quoted] of path
    .replace(/^\$/, '')
    .matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['([^']+)'\]/g)) {
    const key: string | undefined = name ?? quoted;
    if (index !== undefined) value = Array.isArray(value) ? value[Number(index)] : undefined;
    else value = isObject(value) && key !== undefined && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

/**
 * Source: Amazon EventBridge User Guide, "Input transformation". Within quotes a value is put in as text, elsewhere as JSON. A
 * template that is no JSON is text.
 */
export function filled(
  template: string,
  known: (name: string) => { readonly value: Json | undefined } | undefined,
): string {
  let quoted = false;
  const text = template.replace(/\\.|"|<([^<>\s"]+)>/gs, (part, name: string | undefined) => {
    if (name === undefined) {
      if (part === '"') quoted = !quoted;
      return part;
    }
    const found = known(name);
    if (!found) return part;
    const { value } = found;
    if (!quoted) return value === undefined ? '' : JSON.stringify(value);
    const inside = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
    return JSON.stringify(inside).slice(1, -1);
  });
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return JSON.stringify(text);
  }
}
