import { type Json, type JsonObject, own, type Template } from '../types.ts';
import { textOf } from '../values/equivalence.ts';
import { EXPOSURES, POWERS } from './data/exposures.ts';
import { isReachable, isRequest } from './routes.ts';
import { type Condition, type DoorRow, rank, type Table, tableOf } from './table/rows.ts';
import { type Spot, spots } from './table/walk.ts';

/** What a resource's own properties open, or give it power over. */
export interface Exposure {
  /** `function URL without authentication` */
  readonly what: string;
  /** `*` is everybody. */
  readonly whom: string;
  /** The property that does it, and for telling it from others the same with indexes of what has no name. */
  readonly property: string;
  readonly concern: 'public' | 'powerful';
}

/** What is looked at, and what it refers to. */
interface Resource {
  readonly type: string;
  readonly properties: JsonObject;
  readonly template: Template;
}

/** The tables of what opens, and of what gives power. */
export const EXPOSURE_TABLES: Readonly<Record<Exposure['concern'], Table>> = {
  public: tableOf(EXPOSURES),
  powerful: tableOf(POWERS),
};

/** Whether a type has properties that open something. */
export const exposesAnything = (type: string): boolean =>
  Object.values(EXPOSURE_TABLES).some((table) => table.of(type).length > 0);

/**
 * What a resource opens.
 *
 * @param text how values are shown
 */
export function exposures(resource: Resource, text: typeof textOf): Exposure[] {
  return (['public', 'powerful'] as const).flatMap((concern) =>
    EXPOSURE_TABLES[concern].of(resource.type).flatMap((row) =>
      found(row, resource).map(
        (spot): Exposure => ({
          what: inWords(row.what, spot, text),
          whom: row.whom,
          property: spot.property,
          concern,
        }),
      ),
    ),
  );
}

function found(row: DoorRow, { properties, template }: Resource): Spot[] {
  const holds = (condition: Condition, values: readonly (Json | undefined)[] | undefined): boolean => {
    if ('named' in condition) return CHECKS[condition.named]?.(properties, template) ?? true;
    return (values ?? []).some((value) => (rank(value, condition) ?? 0) > 0 === condition.met);
  };
  const others = row.conditions.map((each) => ('path' in each ? each.path : []));
  return spots(properties, row.path, others).filter(
    ({ value, beside }) =>
      (row.path.length === 0 || (rank(value, row) ?? 0) > 0) &&
      row.conditions.every((each, index) => holds(each, beside[index])),
  );
}

/** Conditions that take more than a look at a property. */
const CHECKS: Readonly<Record<string, (properties: JsonObject, template: Template) => boolean>> = {
  '@reachable': isReachable,
  '@request': isRequest,
};

/** Words with what stands beside a value in it. */
const inWords = (words: string, { value, item }: Spot, text: typeof textOf): string =>
  words.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'value') return text(value);
    return name === 'ports' ? ports(item, text) : text(own(item, name));
  });

/** `port 22`; rules have their ports in the same properties in every service. */
function ports(rule: JsonObject, text: typeof textOf): string {
  const [from, to] = [textOf(own(rule, 'FromPort')), textOf(own(rule, 'ToPort'))];
  if (from === '' || from === '-1' || textOf(own(rule, 'IpProtocol')) === '-1') return 'all ports';
  const [first, last] = [text(own(rule, 'FromPort')), text(own(rule, 'ToPort'))];
  return from === to ? `port ${first}` : `ports ${first} to ${last}`;
}
