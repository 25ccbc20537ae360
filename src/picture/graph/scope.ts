import { references } from '../../template/references.ts';
import {
  isObject,
  type Json,
  type JsonObject,
  own,
  scalarText,
  type TemplatePath,
} from '../../template/types.ts';
import { asResolved, asWritten } from '../../template/values/resolved.ts';
import type { DrawnResource, PictureSource } from '../types.ts';

/** One template of a picture: what its names mean, those of parameters and nested outputs included. */
export interface DrawnScope {
  readonly source: PictureSource;
  /** `''`, or `<logical ID of the nested stack>.` */
  readonly prefix: string;
  /** Names of the nested stacks, and their constructs, that it is in. */
  readonly path: readonly string[];
  readonly resources: ReadonlyMap<string, DrawnResource>;
  /** The stack that it is nested in, and what its parameters are given there. */
  readonly outer: { readonly scope: DrawnScope; readonly given: JsonObject } | undefined;
  readonly inner: ReadonlyMap<string, DrawnScope>;
}

/** A mention of a resource, wherever it is declared. */
export interface Mention {
  /** The key of the resource. */
  readonly target: string;
  /** Where it is mentioned, from the value that was looked through. */
  readonly path: TemplatePath;
}

/** Names lead through parameters and outputs; none of ours through more than stacks can be nested. */
const DEEPEST = 12;

export const NESTED = 'AWS::CloudFormation::Stack';

const mapOf = (value: Json): JsonObject => (isObject(value) ? value : {});

/** The scopes of a stack and of those in it. */
export function scopeOf(
  source: PictureSource,
  place: {
    readonly prefix: string;
    readonly path: readonly string[];
    readonly outer?: DrawnScope['outer'];
  } = {
    prefix: '',
    path: [],
  },
): DrawnScope {
  const { prefix, path } = place;
  const resources = new Map(
    Object.entries(source.template.Resources).flatMap(([id, resource]): [string, DrawnResource][] => {
      if (!isObject(resource)) return [];
      const both = isObject(resource.Properties) ? resource.Properties : {};
      const [properties, written] = [mapOf(asResolved(both)), mapOf(asWritten(both))];
      return [
        [id, { key: `${prefix}${id}`, id, type: scalarText(resource.Type), properties, written, both }],
      ];
    }),
  );
  const inner = new Map<string, DrawnScope>();
  const scope: DrawnScope = { source, prefix, path, resources, outer: place.outer, inner };
  for (const [id, child] of source.children) {
    const given = resources.get(id)?.properties.Parameters;
    const outer = { scope, given: isObject(given) ? given : {} };
    inner.set(
      id,
      scopeOf(child, { prefix: `${prefix}${id}.`, path: [...path, ...stepsOf(scope, id)], outer }),
    );
  }
  return scope;
}

/** The name of a resource below the stack that it is in: constructs, then its own. */
export function stepsOf({ source, path }: DrawnScope, id: string): readonly string[] {
  const steps = (own(source.names, id) ?? id).split('/').filter((step) => step !== '');
  const isBelow = steps.length > path.length && path.every((step, index) => step === steps[index]);
  return isBelow ? steps.slice(path.length) : steps;
}

/** A scope and all scopes in it. */
export const allScopes = (scope: DrawnScope): readonly DrawnScope[] => [
  scope,
  ...[...scope.inner.values()].flatMap(allScopes),
];

/** Every resource that a value mentions; what is behind a parameter or an output counts as mentioned itself. */
export function mentions(value: Json | undefined, scope: DrawnScope, depth = 0): readonly Mention[] {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  return references(value).flatMap(({ kind, name, attribute, path }): readonly Mention[] => {
    if (kind !== 'Ref' && kind !== 'GetAtt') return [];
    const child = attribute?.startsWith('Outputs.') ? scope.inner.get(name) : undefined;
    if (child) {
      const { Outputs } = child.source.template;
      const output = isObject(Outputs) ? own(Outputs, attribute?.slice('Outputs.'.length) ?? '') : undefined;
      const there = isObject(output) ? mentions(asResolved(output.Value ?? null), child, depth + 1) : [];
      return there.map(({ target }) => ({ target, path }));
    }
    const resource = scope.resources.get(name);
    if (resource) return [{ target: resource.key, path }];
    const given = scope.outer && own(scope.outer.given, name);
    if (!scope.outer || given === undefined) return [];
    return mentions(given, scope.outer.scope, depth + 1).map(({ target }) => ({ target, path }));
  });
}
