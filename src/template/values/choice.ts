import { isObject, type Json, own } from '../types.ts';
import { comesTo, conditionValue, rewrite, type Scope } from './evaluate.ts';
import { lookedUp } from './known-value.ts';
import { asResolved } from './resolved.ts';

/** One thing, or one for each side of a condition that only CloudFormation can decide. */
export type Choice<Value> =
  | { readonly value: Value }
  | { readonly condition: string; readonly yes: Choice<Value>; readonly no: Choice<Value> };

/** Evaluates a value: what stays a function call then, only CloudFormation can tell. */
export type Ask = (value: Json) => Json;

/** More branches than anybody writes: each condition doubles them. */
const MOST_BRANCHES = 64;

/** Thrown where an answer depends on a condition that is not decided. */
class Undecided extends Error {
  readonly condition: string;
  constructor(condition: string) {
    super(`the condition ${condition} is not decided`);
    this.condition = condition;
  }
}

/**
 * Makes something of values of a template: once, or once for each side of every undecided condition that a value which
 * was asked for depends on. Sides that come to the same are one.
 *
 * @param make pure, as it is called again for each side
 * @throws RangeError when there are too many sides
 */
export function choose<Value>(scope: Scope, make: (ask: Ask) => Value): Choice<Value> {
  let branches = 0;
  const within = (at: Scope): Choice<Value> => {
    const ask: Ask = (value) => {
      const found = asResolved(rewrite(value, at));
      const undecided = undecidedIn(found, at);
      if (undecided !== undefined) throw new Undecided(undecided);
      return found;
    };
    try {
      const value = make(ask);
      if (++branches > MOST_BRANCHES) throw new RangeError(`more than ${MOST_BRANCHES} branches`);
      return { value };
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      const { condition } = error;
      const [yes, no] = [within(assuming(at, condition, true)), within(assuming(at, condition, false))];
      return sameText(yes, no) ? yes : { condition, yes, no };
    }
  };
  return within(scope);
}

const sameText = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The first condition in a value that decides between branches and is not decided. */
function undecidedIn(value: Json, scope: Scope): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const [name] = isObject(value) && Array.isArray(value['Fn::If']) ? value['Fn::If'] : [];
  if (typeof name === 'string' && isDeclared(name, scope)) return name;
  for (const item of Array.isArray(value) ? value : Object.values(value)) {
    const found = undecidedIn(item, scope);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What is declared nowhere is told by validation, and no side of it is ever taken. */
const isDeclared = (name: string, { template: { Conditions } }: Scope): boolean =>
  isObject(Conditions) && own(Conditions, name) !== undefined;

/**
 * A scope in which a condition is decided. One that compares a parameter with a value tells that parameter, where it is
 * met: so `dev` is not taken for possible where the stage is `prod`.
 */
export function assuming(scope: Scope, condition: string, met: boolean): Scope {
  const decided = [...scope.conditions].filter(([, value]) => value !== undefined);
  const conditions = new Map<string, boolean | undefined>(decided).set(condition, met);
  const told = met ? equality(condition, scope) : undefined;
  if (!told) return { ...scope, conditions };
  const known = (name: string) => (name === told.name ? told.value : lookedUp(scope.known, name));
  return { ...scope, conditions, known };
}

/** `!Equals [!Ref Stage, prod]` of a parameter whose value is not known. */
function equality(
  condition: string,
  scope: Scope,
): { readonly name: string; readonly value: string } | undefined {
  const { Conditions } = scope.template;
  const declared = isObject(Conditions) ? own(Conditions, condition) : undefined;
  const sides = isObject(declared) ? declared['Fn::Equals'] : undefined;
  if (!Array.isArray(sides) || sides.length !== 2) return undefined;
  const [name] = sides.flatMap((side) => (isObject(side) && typeof side.Ref === 'string' ? [side.Ref] : []));
  const [value] = sides.flatMap((side) => {
    const found = comesTo(side, scope);
    return typeof found === 'string' ? [found] : [];
  });
  return name !== undefined && value !== undefined && lookedUp(scope.known, name) === undefined
    ? { name, value }
    : undefined;
}

/** A scope in which a resource exists: its own condition is met. */
export function whereItExists(scope: Scope, condition: Json | undefined): Scope {
  if (typeof condition !== 'string' || conditionValue(condition, scope) === true) return scope;
  return assuming(scope, condition, true);
}

/** The same choice between other things. */
export function mapChoice<From, To>(choice: Choice<From>, map: (value: From) => To): Choice<To> {
  if ('value' in choice) return { value: map(choice.value) };
  return { ...choice, yes: mapChoice(choice.yes, map), no: mapChoice(choice.no, map) };
}

/** All things that may be chosen. */
export function alternatives<Value>(choice: Choice<Value>): readonly Value[] {
  return 'value' in choice ? [choice.value] : [...alternatives(choice.yes), ...alternatives(choice.no)];
}
