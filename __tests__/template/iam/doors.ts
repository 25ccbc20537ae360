import { type Caution, cautions } from '../../../src/report/cautions.ts';
import { compareTemplates } from '../../../src/template/diff/compare.ts';
import type { DoorRow } from '../../../src/template/iam/table/rows.ts';
import type { Json, JsonObject, Template } from '../../../src/template/types.ts';
import { knownParameters } from '../../../src/template/values/known-value.ts';

/** Cautions of what is opened, given power or protected less, between two templates. */
export function cautionsOf(before: Template | undefined, after: Template, values: Values = {}): Caution[] {
  const known = (template: Template, given: Readonly<Record<string, string>> = {}) => ({
    template,
    known: knownParameters(template, given),
  });
  const { diff } = compareTemplates(before && known(before, values.before), known(after, values.after));
  return cautions({ diff, state: 'preview' } as Parameters<typeof cautions>[0]).filter(({ kind }) =>
    /public|permission|protection/.test(kind),
  );
}

interface Values {
  readonly before?: Readonly<Record<string, string>>;
  readonly after?: Readonly<Record<string, string>>;
}

/** A template of one resource, and of others. */
export const templateOf = (Type: string, Properties: JsonObject, others: JsonObject = {}): Template => ({
  Resources: { Door: { Type, Properties }, ...others },
});

/** A value with which a row holds, and one with which it does not; `undefined` leaves the property out. */
export interface Sample {
  readonly yes: Json;
  readonly no: Json | undefined;
}

/** A value of each side, for any row. */
export function sampleOf({ test, absent }: Pick<DoorRow, 'test' | 'absent'>): Sample {
  const fixed = Object.hasOwn(SAMPLES, test) ? SAMPLES[test] : undefined;
  if (fixed) return fixed;
  const levels = test.split('<').map((level) => level.split('|')[0] ?? '');
  const yes = typed(levels.at(-1) ?? '');
  if (levels.length > 1) return { yes, no: typed(levels[0] ?? '') };
  if (yes === true || yes === false) return { yes, no: !yes };
  // Where nothing is as good as the value, something else is not.
  return { yes, no: absent === undefined ? undefined : 'something-else' };
}

const SAMPLES: Readonly<Record<string, Sample>> = {
  '*': { yes: 'something', no: undefined },
  '#': { yes: 60, no: 1 },
  '@count': { yes: ['one', 'two'], no: ['one'] },
  '@anywhere': { yes: '0.0.0.0/0', no: '10.0.0.0/8' },
  '@key': { yes: 'arn:aws:kms:eu-west-1:123456789012:key/1', no: 'alias/aws/service' },
  '@tls': { yes: 'TLS_1_3', no: 'TLS_1_1' },
};
const typed = (text: string): Json => (text === 'true' ? true : text === 'false' ? false : text);

/** What makes checks of code hold. */
const NAMED: Readonly<Record<string, JsonObject>> = { '@request': { RouteKey: 'GET /' } };

/** Properties with a value at the path of a row, and with what its conditions ask for beside. */
export function propertiesWith(
  row: Pick<DoorRow, 'path' | 'conditions'>,
  value: Json | undefined,
): JsonObject {
  const properties: JsonObject = { Unrelated: 'same' };
  for (const condition of row.conditions) {
    if ('named' in condition) {
      Object.assign(properties, NAMED[condition.named]);
      continue;
    }
    const { yes, no } = sampleOf(condition);
    // What is met when it is left out is left out.
    const beside = condition.met ? yes : no;
    if (beside !== undefined) put(properties, condition.path, beside);
  }
  if (row.path.length === 0) return properties;
  // Elements of lists, entries of maps and documents are there in any case: it is about what they say.
  const inner = Math.max(...['*', '{}', '@json'].map((step) => row.path.lastIndexOf(step)));
  const isInner = inner >= 0 && inner < row.path.length - 1;
  if (isInner) put(properties, [...row.path.slice(0, inner + 1), 'Unrelated'], 'same');
  if (value !== undefined) put(properties, row.path, value);
  return properties;
}

/** Puts a value where a path leads to; lists get one element, JSON in texts is written as such. */
function put(at: JsonObject, [step = '', ...rest]: readonly string[], value: Json): void {
  const name = /^\[(.*)\]$/.exec(step)?.[1];
  if (name !== undefined) at[name] = value;
  else if (rest.length === 0) at[step] = value;
  else at[step] = within(at[step], rest, value);
}

function within(present: Json | undefined, path: readonly string[], value: Json): Json {
  const [step = '', ...rest] = path;
  const name = /^\[(.*)\]$/.exec(step)?.[1];
  if (step === '@json')
    return JSON.stringify(within(typeof present === 'string' ? JSON.parse(present) : undefined, rest, value));
  if (step === '*') {
    const item = Array.isArray(present) ? present[0] : undefined;
    return [rest.length === 0 ? value : within(item ?? {}, rest, value)];
  }
  if (step === '{}') {
    const entry = isMap(present) ? present.entry : undefined;
    return { entry: rest.length === 0 ? value : within(entry ?? {}, rest, value) };
  }
  if (name !== undefined && rest.length > 0)
    return [/^\d+$/.test(name) ? within({}, rest, value) : within({ Key: name }, rest, value)];
  const map = isMap(present) ? present : {};
  put(map, path, value);
  return map;
}

const isMap = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
