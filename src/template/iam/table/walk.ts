import { isIntrinsic } from '../../intrinsics.ts';
import { isObject, type Json, type JsonObject, own } from '../../types.ts';
import { resolvedValue } from '../../values/resolved.ts';
import { documentOf } from '../documents.ts';

/** A value that a path leads to, in one of the branches of undecided conditions. */
export interface Spot {
  /** `undefined`: it is left out. */
  readonly value: Json | undefined;
  /** The path for a reader: `ContainerDefinitions[web].Privileged`. Elements without a name have no index. */
  readonly property: string;
  /** Tells spots apart, by names of elements where they have one. */
  readonly key: string;
  /** The map that it stands in: the element of a list, or the properties. */
  readonly item: JsonObject;
  /** What other paths lead to, for each path; those that begin alike lead to the same elements. */
  readonly beside: readonly (readonly (Json | undefined)[])[];
}

type Steps = readonly string[];
/** Another path: what is left of it, or where it led. */
type Beside = { readonly steps: Steps } | { readonly values: readonly (Json | undefined)[] };

interface Place {
  readonly property: string;
  readonly key: string;
  readonly item: JsonObject;
}

/**
 * Every value that a path leads to. See {@link DoorRow} for its steps.
 *
 * @param others paths of values to find beside each
 */
export function spots(properties: JsonObject, path: Steps, others: readonly Steps[] = []): Spot[] {
  const found: Spot[] = [];
  const beside = others.map((steps) => ({ steps }));
  walk(properties, path, { place: { property: '', key: '', item: properties }, beside, found });
  return found;
}

/** The values that a path leads to. */
export const valuesAt = (properties: JsonObject, path: Steps): (Json | undefined)[] =>
  spots(properties, path).map(({ value }) => value);

/** Whether a map has nothing under a name, in no branch: what a path that begins so leads to is left out. */
export const isLeftOut = (map: JsonObject, name: string): boolean =>
  own(map, name) === undefined && own(map, 'Fn::If') === undefined && !isIntrinsic(map);

/** What a path has come to. */
interface Way {
  readonly place: Place;
  readonly beside: readonly Beside[];
  readonly found: Spot[];
}

function walk(value: Json | undefined, [step, ...rest]: Steps, way: Way): void {
  const { place, beside, found } = way;
  for (const branch of branchesOf(value)) {
    if (step === undefined) {
      found.push({ value: branch, ...place, beside: beside.map((each) => led(each, branch)) });
      continue;
    }
    const besides = beside.length === 0 ? beside : besideBelow(branch, step, beside);
    for (const child of children(branch, step))
      walk(child.value, child.isUnknown ? [] : rest, {
        place: child.place(place),
        beside: besides,
        found,
      });
  }
}

/** Other paths one step further: those that go on elsewhere have led to where they lead. */
const besideBelow = (branch: Json | undefined, step: string, beside: readonly Beside[]): Beside[] =>
  beside.map((each) => {
    if (!('steps' in each)) return each;
    return each.steps[0] === step ? { steps: each.steps.slice(1) } : { values: led(each, branch) };
  });

function led(other: Beside, value: Json | undefined): readonly (Json | undefined)[] {
  if ('values' in other) return other.values;
  const found: Spot[] = [];
  walk(value, other.steps, { place: NOWHERE, beside: [], found });
  return found.map((spot) => spot.value);
}
const NOWHERE: Place = { property: '', key: '', item: {} };

/** Everything that a value may come to; `undefined` is nothing at all. */
function branchesOf(value: Json | undefined): (Json | undefined)[] {
  if (!isObject(value)) return [value];
  if (value.Ref === 'AWS::NoValue') return [undefined];
  const choice = own(value, 'Fn::If');
  return Array.isArray(choice) ? choice.slice(1).flatMap(branchesOf) : [value];
}

interface Child {
  readonly value: Json | undefined;
  /** Only CloudFormation knows what there is below. */
  readonly isUnknown?: boolean;
  place(parent: Place): Place;
}

function children(given: Json | undefined, step: string): Child[] {
  const value = given === undefined ? given : (resolvedValue(given) ?? given);
  if (step === '@json')
    return value === undefined ? [] : [{ value: documentOf(value), place: (parent) => parent }];
  if (isObject(value) && isIntrinsic(value))
    return step === '*' ? [] : [{ ...named(step, value), isUnknown: true }];
  if (step === '*') return elements(value);
  if (step === '{}')
    return isObject(value) ? Object.entries(value).map(([key, each]) => element(each, key, key)) : [];
  const name = step.startsWith('[') ? /^\[(.*)\]$/.exec(step)?.[1] : undefined;
  if (name === undefined) return [named(step, isObject(value) ? own(value, step) : undefined)];
  if (!Array.isArray(value)) return [element(isObject(value) ? own(value, name) : undefined, name, name)];
  const found = /^\d+$/.test(name) ? value[Number(name)] : value.find((each) => nameOf(each) === name);
  return [element(found, /^\d+$/.test(name) ? undefined : name, name)];
}

/** The elements of a list, or one thing that stands for a list of one. */
const elements = (value: Json | undefined): Child[] =>
  value === undefined
    ? []
    : (Array.isArray(value) ? value : [value])
        .flatMap((each) => branchesOf(each).filter((branch) => branch !== undefined))
        .map((each, index) => element(each, nameOf(each), String(index)));

const named = (name: string, value: Json | undefined): Child => ({
  value,
  place: ({ property, key, item }) => ({
    property: property === '' ? name : `${property}.${name}`,
    key: key === '' ? name : `${key}.${name}`,
    item,
  }),
});

const element = (value: Json | undefined, name: string | undefined, index: string): Child => ({
  value,
  place: ({ property, key, item }) => ({
    property: name === undefined ? property : `${property}[${name}]`,
    key: `${key}[${name ?? index}]`,
    item: isObject(value) ? value : item,
  }),
});

/** What elements of lists are told apart by. */
const NAMES = [
  'Name',
  'RuleName',
  'PolicyName',
  'ParameterName',
  'ParameterKey',
  'ContainerName',
  'DeviceName',
  'Id',
  'Region',
  'PathPattern',
  'Key',
];

function nameOf(value: Json): string | undefined {
  if (!isObject(value)) return undefined;
  for (const key of NAMES) {
    const name = own(value, key);
    if (typeof name === 'string') return name;
  }
  return undefined;
}
