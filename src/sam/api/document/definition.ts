import type { JsonObject } from '../../../template/types.ts';
import { refuse } from '../../problems.ts';
import { isFunctionCall } from './calls.ts';
import { toJson, toPython } from './convert.ts';
import { bytes, type Clock, isTrue, PyMap, type PyValue, textOf } from './python-map.ts';

export const INTEGRATION = 'x-amazon-apigateway-integration';
export const ANY_METHOD = 'x-amazon-apigateway-any-method';

/** The definition of an API while it is edited: only as much of OpenAPI as SAM has to know. */
export class Definition {
  readonly apiId: string;
  /** The definition itself; it may be replaced. */
  root: PyMap;
  readonly #clock: Clock | undefined;
  #isChecked = false;

  /** @param clock where the order of keys counts; see {@link PyMap} */
  constructor(apiId: string, root: PyMap, clock: Clock | undefined) {
    this.apiId = apiId;
    this.root = root;
    this.#clock = clock;
  }

  /** A definition that the author wrote. */
  static of(apiId: string, body: JsonObject, clock: Clock | undefined): Definition {
    return new Definition(apiId, toPython(body, clock) as PyMap, clock);
  }

  get clock(): Clock | undefined {
    return this.#clock;
  }

  /** An empty map to put into the definition. */
  map(): PyMap {
    return new PyMap(this.#clock);
  }

  /** The author's value to put into the definition. */
  authored(value: Parameters<typeof toPython>[0]): PyValue {
    return toPython(value, this.#clock);
  }

  /** Notes that the reference copies the definition here. */
  copied(): void {
    if (this.#clock) this.#clock.ticks++;
  }

  get paths(): PyMap {
    const paths = this.root.get('paths');
    return paths instanceof PyMap ? paths : this.refuse(['paths'], 'paths of a definition have to be a map');
  }

  toJson(): JsonObject {
    return toJson(this.root) as JsonObject;
  }

  refuse(at: readonly (string | number)[], message: string): never {
    return refuse(this.apiId, ['DefinitionBody', ...at], message);
  }

  /** Checks once that all paths are maps: what is added later is. */
  check(): void {
    if (this.#isChecked) return;
    for (const path of this.paths.keys()) this.pathItems(path);
    this.#isChecked = true;
  }

  /** A value, or both of a `Fn::If`, without those that stand for nothing. */
  contents(item: PyValue | undefined, at: readonly (string | number)[]): PyValue[] {
    if (!(item instanceof PyMap) || !item.has('Fn::If')) return [item ?? null];
    const branches = item.get('Fn::If');
    if (!Array.isArray(branches)) return this.refuse(at, 'Fn::If takes a list');
    return branches.slice(1).filter((branch) => !isNoValue(branch));
  }

  /** What there is at a path: one map, or one for each side of a condition. */
  pathItems(path: string): PyMap[] {
    return this.contents(this.paths.get(path), ['paths', path]).map((item) =>
      item instanceof PyMap ? item : this.refuse(['paths', path], `the path ${path} has to be a map`),
    );
  }

  /** What there is at a method of a path item: one map, or one for each side of a condition. */
  methods(item: PyMap, [path, method]: readonly [string, string]): PyMap[] {
    return this.contents(item.get(method), ['paths', path, method]).map((found) =>
      found instanceof PyMap
        ? found
        : this.refuse(['paths', path, method], `the method ${method} of the path ${path} has to be a map`),
    );
  }

  /** The definitions of a method that have an integration. */
  *integrated(path: string, method: string): Generator<PyMap> {
    const name = methodName(method);
    for (const item of this.pathItems(path))
      for (const found of this.methods(item, [path, name])) if (isTrue(found.get(INTEGRATION))) yield found;
  }

  hasIntegration(path: string, method: string): boolean {
    const name = methodName(method);
    if (!this.paths.has(path)) return false;
    const items = this.contents(this.paths.get(path), ['paths', path]);
    if (!items.every((item) => item instanceof PyMap && item.has(name))) return false;
    return this.pathItems(path).every(
      (item) =>
        item.get(name) instanceof PyMap &&
        this.methods(item, [path, name]).some((found) => isTrue(found.get(INTEGRATION))),
    );
  }

  /** Makes sure that there is a path with a method. */
  addPath(path: string, method: string): void {
    if (!this.paths.has(path)) this.paths.set(path === DEFAULT_PATH ? bytes(path) : path, this.map());
    const name = methodName(method);
    for (const item of this.pathItems(path))
      if (!item.has(name)) item.set(name === ANY_METHOD ? ANY_KEY : name, this.map());
  }
}

/** The path that an event of an HTTP API has where its author gave none. */
export const DEFAULT_PATH = '$default';

const ANY_KEY = bytes(ANY_METHOD);

/** A method as a definition writes it. */
export function methodName(method: string): string {
  const name = method.toLowerCase();
  return name === 'any' ? ANY_METHOD : name;
}

const isNoValue = (value: PyValue): boolean =>
  isFunctionCall(value) && textOf(value.get('Ref')) === 'AWS::NoValue';
