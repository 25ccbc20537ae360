import { isObject, type Json, type JsonObject, type TemplatePath } from '../../../template/types.ts';
import { closest } from '../../../text/closest.ts';
import type { Fault } from '../../schema/check.ts';

/** A state, wherever it is nested. */
export interface FoundState {
  readonly name: string;
  readonly state: JsonObject;
  readonly path: TemplatePath;
}

/** Every state of a definition, those of branches and loops included. */
export function* allStates(definition: JsonObject, path: TemplatePath): Generator<FoundState> {
  for (const { states, path: at } of scopes(definition, path)) {
    for (const [name, state] of Object.entries(states)) {
      if (isObject(state)) yield { name, state, path: [...at, 'States', name] };
    }
  }
}

interface Scope {
  readonly start: Json | undefined;
  readonly states: JsonObject;
  readonly path: TemplatePath;
}

/** The definition itself, and what is nested in Parallel and Map states. */
function* scopes(definition: JsonObject, path: TemplatePath): Generator<Scope> {
  const states = isObject(definition.States) ? definition.States : {};
  yield { start: definition.StartAt, states, path };
  for (const [name, state] of Object.entries(states)) {
    if (!isObject(state)) continue;
    const at = [...path, 'States', name];
    for (const key of ['ItemProcessor', 'Iterator']) {
      const inner = state[key];
      if (isObject(inner)) yield* scopes(inner, [...at, key]);
    }
    const branches = Array.isArray(state.Branches) ? state.Branches : [];
    for (const [index, branch] of branches.entries()) {
      if (isObject(branch)) yield* scopes(branch, [...at, 'Branches', index]);
    }
  }
}

/**
 * What is wrong with the states of a definition: names that two have, transitions to nowhere, states that nothing leads
 * to, states that do not say what follows.
 */
export function* stateFaults(definition: JsonObject, path: TemplatePath): Generator<Fault> {
  const owners = new Map<string, TemplatePath>();
  for (const scope of scopes(definition, path)) {
    yield* scopeFaults(scope);
    for (const name of Object.keys(scope.states)) {
      const at = [...scope.path, 'States', name];
      if (owners.has(name)) {
        yield { path: at, message: `two states are called ${name}`, next: 'Rename one of them.' };
      }
      owners.set(name, at);
    }
  }
}

function* scopeFaults({ start, states, path }: Scope): Generator<Fault> {
  const names = Object.keys(states);
  if (names.length === 0) {
    yield { path, message: 'there are no states', next: 'Add States.' };
    return;
  }
  const reached = new Set<string>();
  const open: string[] = [];
  const follow = function* (target: Json | undefined, at: TemplatePath): Generator<Fault> {
    if (typeof target === 'string' && Object.hasOwn(states, target)) {
      if (!reached.has(target)) open.push(target);
      reached.add(target);
      return;
    }
    const shown = typeof target === 'string' ? target : 'undefined';
    const meant = typeof target === 'string' ? closest(target, names) : undefined;
    yield {
      path: at,
      message: `there is no state ${shown} here`,
      next: meant ? `Write ${meant} if that is meant.` : `Name one of ${names.join(', ')}.`,
    };
  };
  yield* follow(start, [...path, 'StartAt']);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = states[name];
    const at = [...path, 'States', name];
    if (!isObject(state)) {
      yield { path: at, message: 'a state has to be a map', next: 'Give it a Type.' };
      continue;
    }
    yield* endFaults(state, at);
    for (const [target, where] of transitions(state, at)) yield* follow(target, where);
  }
  for (const name of names.filter((each) => !reached.has(each))) {
    yield {
      path: [...path, 'States', name],
      message: `nothing leads to the state ${name}`,
      next: 'Remove it, or go on to it.',
    };
  }
}

const TERMINAL = ['Succeed', 'Fail'];
const TYPES = ['Task', 'Pass', 'Wait', 'Choice', 'Parallel', 'Map', ...TERMINAL];

function* endFaults(state: JsonObject, path: TemplatePath): Generator<Fault> {
  const type = String(state.Type);
  if (!TYPES.includes(type)) {
    yield { path, message: `${type} is no type of state`, next: `Types are ${TYPES.join(', ')}.` };
    return;
  }
  const ends = [state.Next !== undefined, state.End === true].filter(Boolean).length;
  if (type === 'Choice' || TERMINAL.includes(type)) {
    if (ends > 0) yield { path, message: `a ${type} state has neither Next nor End`, next: 'Remove it.' };
  } else if (ends !== 1) {
    yield {
      path,
      message: ends === 0 ? 'the state does not say what follows' : 'the state has Next and End',
      next: 'Give it one of Next and End: true.',
    };
  }
}

function* transitions(state: JsonObject, path: TemplatePath): Generator<[Json | undefined, TemplatePath]> {
  for (const key of ['Next', 'Default']) if (state[key] !== undefined) yield [state[key], [...path, key]];
  for (const key of ['Choices', 'Catch']) {
    const list = Array.isArray(state[key]) ? state[key] : [];
    for (const [index, each] of list.entries()) {
      if (isObject(each)) yield [each.Next, [...path, key, index, 'Next']];
    }
  }
}
