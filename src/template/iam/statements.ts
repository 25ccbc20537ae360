import { isIntrinsic } from '../intrinsics.ts';
import { isObject, type Json, type JsonObject, own } from '../types.ts';
import { itemsOf } from '../values/branches.ts';
import type { textOf } from '../values/equivalence.ts';
import { deniesOthers } from './conditions.ts';
import { LIMITING_POLICIES, POLICIES } from './data/policies.ts';
import { documentOf } from './documents.ts';
import { covers } from './patterns.ts';
import { steps, tableLines } from './table/rows.ts';
import { isLeftOut, spots, valuesAt } from './table/walk.ts';

/** One action on one resource that a policy document allows or denies somebody. */
export interface StatedPermission {
  readonly effect: string;
  /** Who, for policies of resources and trust; empty for policies of roles. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Conditions as JSON; empty when there are none. */
  readonly condition: string;
  /** The property that holds the document. */
  readonly property: string;
  /** It opens nothing: the document only says how much of what others allow comes through, or denies all others. */
  readonly isLimit: boolean;
}

/** A property that holds policy documents. */
interface Row {
  readonly path: readonly string[];
  readonly isLimit: boolean;
}

const TABLES = [
  [tableLines(POLICIES), false],
  [tableLines(LIMITING_POLICIES), true],
] as const;
const known = new Map<string, readonly Row[]>();

/** The table of properties that hold policy documents, by resource type. */
export const policyRows = (): ReadonlyMap<string, readonly Row[]> =>
  new Map(TABLES.flatMap(([table]) => table.types()).map((type) => [type, rowsOf(type)]));

/** Only types that are asked for are read. */
function rowsOf(type: string): readonly Row[] {
  const rows =
    known.get(type) ??
    TABLES.flatMap(([table, isLimit]) =>
      table.of(type).flatMap((line) =>
        line
          .split(' ')
          .slice(1)
          .map((path) => ({ path: steps(path), isLimit })),
      ),
    );
  known.set(type, rows);
  return rows;
}

/** Whether a type has properties that hold policy documents. */
export const statesAnything = (type: string): boolean => rowsOf(type).length > 0;

/**
 * What the policy documents in a resource's properties say.
 *
 * @param text how values are shown
 */
export function statements(type: string, properties: JsonObject, text: typeof textOf): StatedPermission[] {
  // Most properties that may hold a document are left out.
  const rows = rowsOf(type).filter(({ path: [root = ''] }) => !isLeftOut(properties, root));
  return rows.flatMap(({ path, isLimit }) =>
    spots(properties, path).flatMap(({ value, property }) =>
      (value === undefined ? [] : itemsOf(value)).flatMap((document) => {
        const stated = statementsOf(documentOf(document), text);
        const bound = bounded(stated);
        return stated.map((each) => ({ ...each, property, isLimit: isLimit || bound.has(each) }));
      }),
    ),
  );
}

type Stated = Omit<StatedPermission, 'property' | 'isLimit'>;
const NONE: ReadonlySet<Stated> = new Set();

/** What a document allows to everybody and denies to all others. */
export function bounded(list: readonly Stated[]): ReadonlySet<Stated> {
  const denials = list.filter(
    ({ effect, principal, condition }) => effect === 'Deny' && isAnyone(principal) && deniesOthers(condition),
  );
  if (denials.length === 0) return NONE;
  const isSame = (one: string, other: string): boolean => one === other || covers(one, other);
  const isBound = (each: Stated): boolean =>
    each.effect === 'Allow' &&
    denials.some(({ action, resource }) => isSame(action, each.action) && isSame(resource, each.resource));
  return new Set(list.filter(isBound));
}

/** Every caller, however it is written. */
export const isAnyone = (principal: string): boolean => /^(AWS: )?\*$/.test(principal);

/** One for each principal, action and resource of each statement. */
export function statementsOf(document: Json, text: typeof textOf): Stated[] {
  if (!isObject(document)) return [];
  // Some properties hold a statement without a document around it.
  const list = document.Statement ?? (document.Effect === undefined ? undefined : document);
  return itemsOf(list).flatMap((statement) => {
    if (!isObject(statement)) return [];
    const effect = text(statement.Effect ?? 'Allow');
    const principals = [
      ...principalsOf(statement.Principal, text),
      ...principalsOf(statement.NotPrincipal, text).map((name) => `all but ${name}`),
    ];
    const actions = eachOf(statement, 'Action', text);
    const resources = eachOf(statement, 'Resource', text);
    const conditions = isLeftOut(statement, 'Condition')
      ? ['']
      : valuesAt(statement, ['Condition']).map(text);
    return orEmpty(principals).flatMap((principal) =>
      orEmpty(actions).flatMap((action) =>
        orEmpty(resources).flatMap((resource) =>
          conditions.map((condition) => ({ effect, principal, action, resource, condition })),
        ),
      ),
    );
  });
}

/** `Action` and `NotAction`, `Resource` and `NotResource`. */
const eachOf = (statement: JsonObject, key: string, text: typeof textOf): string[] => [
  ...itemsOf(own(statement, key)).map(text),
  ...itemsOf(own(statement, `Not${key}`)).map((value) => `not ${text(value)}`),
];
const orEmpty = (values: readonly string[]): readonly string[] => (values.length === 0 ? [''] : values);

function principalsOf(principal: Json | undefined, text: typeof textOf): string[] {
  return itemsOf(principal).flatMap((each) =>
    !isObject(each) || isIntrinsic(each)
      ? [text(each)]
      : Object.entries(each).flatMap(([kind, values]) =>
          itemsOf(values).map((value) => `${kind}: ${text(value)}`),
        ),
  );
}
