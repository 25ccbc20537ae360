import type { JsonObject } from '../template/types.ts';
import type { Deployments } from './function/deployments.ts';
import { tableOf } from './python/key-order.ts';
import type { ResolvedParameters } from './references/resolve.ts';
import type { SamProblem, TransformContext } from './types.ts';

/** What every generator is given: what the author wrote, what is known, and where to put what is made for several. */
export interface Build {
  readonly context: TransformContext;
  readonly region: string;
  readonly partition: string;
  /**
   * The template, as the transform's own copy: plugins and events change it (an event adds its path to an API's
   * definition). Resources that were generated are in {@link output} only.
   */
  readonly template: JsonObject;
  /** `template.Resources`. */
  readonly resources: JsonObject;
  /** The resources of the result: at first all of the author's, then with each SAM resource replaced by what it makes. */
  readonly output: JsonObject;
  /** The section `Conditions`, which generators may add to; `undefined` where the template has none. */
  readonly conditions: JsonObject | undefined;
  readonly parameters: ResolvedParameters;
  readonly references: References;
  readonly deployments: Deployments;
  /** Whether maps keep the order of Python 2.7 (see {@link tableOf}): only in templates with an API. */
  readonly hasHashOrder: boolean;
  /** What generators of APIs share; made by src/sam/api/. */
  readonly shared: Map<string, unknown>;
  readonly problems: SamProblem[];
  /** Logical IDs that became others (a layer's has a hash behind it). */
  readonly renamed: Map<string, string>;
}

/** Names of parts of SAM resources, such as `Fn.Alias`, with the logical IDs that they stand for. */
export class References {
  readonly #known = new Map<string, Map<string, string>>();

  add(logicalId: string, part: string, target: string): void {
    const parts = this.#known.get(logicalId) ?? new Map<string, string>();
    parts.set(part, target);
    this.#known.set(logicalId, parts);
  }

  get(logicalId: string, part: string): string | undefined {
    return this.#known.get(logicalId)?.get(part);
  }

  get size(): number {
    return this.#known.size;
  }
}

/** Keys of one of the maps that keep the order of Python 2.7: the resources, an API's properties, a function's events. */
export const keysInOrder = (
  map: JsonObject,
  { hasHashOrder }: Pick<Build, 'hasHashOrder'>,
): readonly string[] => (hasHashOrder ? tableOf(map).keys() : Object.keys(map));
