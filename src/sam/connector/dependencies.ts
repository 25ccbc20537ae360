import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import type { Build } from '../context.ts';
import { namedResource } from '../intrinsics.ts';
import type { Generated } from '../types.ts';

/** Who depends on whom in the result, as far as connectors change it; looked up once for all connectors. */
export class Dependencies {
  readonly #build: Build;
  /** Logical IDs of resources by what they depend on. */
  readonly #dependents = new Map<string, Set<string>>();
  /** Event source mappings by their function and source. */
  readonly #mappings = new Map<string, string[]>();

  private constructor(build: Build) {
    this.#build = build;
    for (const [logicalId, resource] of Object.entries(build.output)) {
      if (!isObject(resource)) continue;
      this.#note(logicalId, resource.DependsOn);
      if (resource.Type !== 'AWS::Lambda::EventSourceMapping' || !isObject(resource.Properties)) continue;
      const target = namedResource(resource.Properties.FunctionName);
      const source = namedResource(resource.Properties.EventSourceArn);
      if (target === undefined || source === undefined) continue;
      const key = `${target} ${source}`;
      this.#mappings.set(key, [...(this.#mappings.get(key) ?? []), logicalId]);
    }
  }

  static of(build: Build): Dependencies {
    const found = build.shared.get('dependencies') as Dependencies | undefined;
    const dependencies = found ?? new Dependencies(build);
    build.shared.set('dependencies', dependencies);
    return dependencies;
  }

  /** The one mapping of a source to a function; none where there are several, of which CloudFormation refuses all but one. */
  mapping(functionId: string, sourceId: string): string | undefined {
    const found = this.#mappings.get(`${functionId} ${sourceId}`) ?? [];
    return found.length === 1 ? found[0] : undefined;
  }

  /** Makes a resource wait for another one. */
  add(logicalId: string, target: string): void {
    const resource = this.#build.output[logicalId];
    if (!isObject(resource)) return;
    this.#set(logicalId, resource, unique(listOf(resource.DependsOn), [target]));
  }

  /** Puts what a connector made in its place, wherever a resource depends on it. */
  replace(connectorId: string, made: readonly Generated[]): void {
    const ids = made.map(({ logicalId }) => logicalId);
    for (const dependent of this.#dependents.get(connectorId) ?? []) {
      const resource = this.#build.output[dependent];
      if (!isObject(resource)) continue;
      const before = listOf(resource.DependsOn);
      const index = before.indexOf(connectorId);
      if (index < 0) continue;
      this.#set(dependent, resource, unique(before.toSpliced(index, 1), ids));
    }
    for (const { logicalId, dependsOn } of made) this.#note(logicalId, dependsOn);
  }

  #note(logicalId: string, dependsOn: Json | undefined): void {
    for (const target of listOf(dependsOn)) {
      if (typeof target !== 'string') continue;
      const dependents = this.#dependents.get(target) ?? new Set();
      dependents.add(logicalId);
      this.#dependents.set(target, dependents);
    }
  }

  /** The author's own resource is left as it is: a connector is generated from that. */
  #set(logicalId: string, resource: JsonObject, dependsOn: Json[]): void {
    this.#build.output[logicalId] = { ...resource, DependsOn: dependsOn };
    this.#note(logicalId, dependsOn);
  }
}

const listOf = (value: Json | undefined): Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

const unique = (list: readonly Json[], added: readonly Json[]): Json[] => [
  ...list,
  ...added.filter((each) => !list.includes(each)),
];
