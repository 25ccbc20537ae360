import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { combinedConditions } from '../../conditions.ts';
import type { Build } from '../../context.ts';
import { byCodePoint } from '../../python/json.ts';
import { truthy } from '../../python/values.ts';
import { onlyIf } from '../document/calls.ts';
import type { Definition } from '../document/definition.ts';
import { bytes } from '../document/python-map.ts';
import { stateOf } from '../state.ts';
import type { ImplicitKind } from './kinds.ts';

/** Policies in the order in which one goes before the others. */
const STRONGEST = {
  DeletionPolicy: ['Retain', 'Delete'],
  UpdateReplacePolicy: ['Retain', 'Snapshot', 'Delete'],
} as const;

/** Attributes of functions, as far as an API or a path of it gets them: it is there only where a function of it is. */
export class Attributes {
  readonly #kind: ImplicitKind;
  readonly #build: Build;
  /** Conditions by API, path and method. */
  readonly #conditions = new Map<string, Map<string, Map<string, Json | undefined>>>();
  readonly #policies = { DeletionPolicy: new Set<Json>(), UpdateReplacePolicy: new Set<Json>() };

  constructor(kind: ImplicitKind, build: Build) {
    this.#kind = kind;
    this.#build = build;
  }

  note(apiId: string, [path, method]: readonly [string, string], owner: JsonObject): void {
    const paths = this.#conditions.get(apiId) ?? new Map<string, Map<string, Json | undefined>>();
    this.#conditions.set(apiId, paths);
    const methods = paths.get(path) ?? new Map<string, Json | undefined>();
    paths.set(path, methods);
    methods.set(method, owner.Condition ?? undefined);
    if (apiId !== this.#kind.apiId) return;
    for (const name of ['DeletionPolicy', 'UpdateReplacePolicy'] as const) {
      const policy = owner[name];
      if (truthy(policy)) this.#policies[name].add(policy);
    }
  }

  /** Writes them into the implicit API, and conditions into all paths that SAM manages. */
  apply(): void {
    const { apiId, condition, type } = this.#kind;
    const api = this.#build.resources[apiId];
    const name = this.#combined([...(this.#conditions.get(apiId)?.values() ?? [])], condition);
    if (isObject(api)) {
      if (name !== undefined) api.Condition = name.text;
      for (const policy of ['DeletionPolicy', 'UpdateReplacePolicy'] as const) {
        const found = STRONGEST[policy].find((each) => this.#policies[policy].has(each));
        if (found !== undefined) api[policy] = found;
      }
    }
    const { managed, definitions } = stateOf(this.#build);
    for (const id of managed) {
      const resource = this.#build.resources[id];
      const definition = definitions.get(id);
      if (isObject(resource) && resource.Type === type && definition) this.#applyToPaths(id, definition);
    }
  }

  #applyToPaths(apiId: string, definition: Definition): void {
    definition.copied();
    const { paths } = definition;
    for (const path of paths.keys()) {
      const text = path.replaceAll('/', 'SLASH').replaceAll('{', 'OB').replaceAll('}', 'CB');
      const methods = this.#conditions.get(apiId)?.get(path);
      const name = methods && this.#combined([methods], `${apiId}${text}PathCondition`);
      if (name) paths.set(path, onlyIf(name.isMade ? bytes(name.text) : name.text, paths.get(path) ?? null));
    }
    definition.copied();
  }

  /** The condition of methods that all have one; one that is made for it where they differ. */
  #combined(
    methods: readonly ReadonlyMap<string, Json | undefined>[],
    name: string,
  ): { readonly text: string; readonly isMade: boolean } | undefined {
    const conditions = new Set(methods.flatMap((each) => [...each.values()]));
    const texts: string[] = [];
    for (const condition of conditions) {
      if (typeof condition !== 'string') return undefined;
      texts.push(condition);
    }
    const [only] = texts;
    if (only === undefined) return undefined;
    if (texts.length === 1) return { text: only, isMade: false };
    const { template } = this.#build;
    const section = isObject(template.Conditions) ? template.Conditions : {};
    template.Conditions = Object.assign(section, combinedConditions(texts.sort(byCodePoint), name));
    return { text: name, isMade: true };
  }
}
