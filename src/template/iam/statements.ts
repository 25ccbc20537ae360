import { isIntrinsic } from '../intrinsics.ts';
import { isObject, type Json, type JsonObject, own } from '../types.ts';
import { itemsOf } from '../values/branches.ts';
import type { textOf } from '../values/equivalence.ts';
import { LIMITING_POLICIES, POLICIES } from './data/policies.ts';
import { documentOf } from './documents.ts';
import { policyTemplate } from './sam-policies.ts';
import { steps } from './table/rows.ts';
import { spots, valuesAt } from './table/walk.ts';

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
  /** The document only says how much of what others allow comes through. */
  readonly isLimit: boolean;
}

/** A property that holds policy documents. */
interface Row {
  readonly path: readonly string[];
  readonly isLimit: boolean;
}

let table: ReadonlyMap<string, readonly Row[]> | undefined;

/** The table of properties that hold policy documents, by resource type. */
export function policyRows(): ReadonlyMap<string, readonly Row[]> {
  const rows = (text: string, isLimit: boolean) =>
    text.split('\n').flatMap((line) => {
      const [type = '', ...paths] = line.split(' ');
      return paths.map((path) => ({ type, path: steps(path), isLimit }));
    });
  table ??= Map.groupBy([...rows(POLICIES, false), ...rows(LIMITING_POLICIES, true)], ({ type }) => type);
  return table;
}

/**
 * What the policy documents in a resource's properties say.
 *
 * @param text how values are shown
 */
export function statements(type: string, properties: JsonObject, text: typeof textOf): StatedPermission[] {
  return (policyRows().get(type) ?? []).flatMap(({ path, isLimit }) =>
    [...spots(properties, path)].flatMap(({ value, property }) =>
      (value === undefined ? [] : itemsOf(value)).flatMap((document) =>
        statementsOf(policyTemplate(document) ?? documentOf(document), text).map((each) => ({
          ...each,
          property,
          isLimit,
        })),
      ),
    ),
  );
}

/** One for each principal, action and resource of each statement. */
export function statementsOf(
  document: Json,
  text: typeof textOf,
): Omit<StatedPermission, 'property' | 'isLimit'>[] {
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
    const conditions = valuesAt(statement, ['Condition']).map(text);
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
