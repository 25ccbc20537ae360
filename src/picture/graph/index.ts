import type { DrawnResource, Picture, PictureNode, PictureSource } from '../types.ts';
import { outsideName, permittedBy } from './access.ts';
import { type Arrow, arrowOf } from './arrows.ts';
import { detailsOf } from './details.ts';
import { mergedArrows } from './edges.ts';
import { IDLE, kindOf } from './kinds.ts';
import { type Mentioning, type Owners, ownersOf } from './owners.ts';
import { isRoute, labelsOf, routeArrows, routesOf } from './routes.ts';
import { allScopes, type DrawnScope, mentions, NESTED, scopeOf, stepsOf } from './scope.ts';

/**
 * A service as nodes and arrows. Every resource stands in exactly one place: it is a node, a part of one or several (a
 * role that functions share), or does nothing and is left. What is in a nested stack has its name in its path, as
 * has the node of the nested stack itself where its template is known.
 */
export function pictureOf(source: PictureSource): Picture {
  const scopes = allScopes(scopeOf(source));
  const all = new Map<string, Mentioning>();
  for (const scope of scopes)
    for (const resource of scope.resources.values())
      if (!IDLE.test(resource.type))
        all.set(resource.key, { resource, mentioned: mentions(resource.properties, scope) });
  const owners = ownersOf(all);
  const partsOf = Map.groupBy(
    [...owners].flatMap(([key, masters]) => masters.map((master) => ({ key, master }))),
    ({ master }) => master,
  );
  const drawn = scopes.flatMap((scope) => nodesIn(scope, { owners, partsOf }));
  const permitted = permittedBy(scopes, all);
  const sources = foreignSources(scopes, all);
  const outside = [...new Map([...permitted.outside, ...sources.outside])].map(
    ([id, name]): PictureNode => ({ id, kind: 'outside', type: '', name, path: [], details: [], parts: [] }),
  );
  const nodes = [...drawn, ...outside];
  const arrows = [...arrowsIn(scopes, all), ...sources.arrows, ...permitted.arrows];
  const edges = mergedArrows(arrows, { owners, known: new Set(nodes.map(({ id }) => id)) });
  const touched = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return {
    // What is outside matters only by what leads to it.
    nodes: nodes.filter(({ id, kind }) => kind !== 'outside' || touched.has(id)),
    edges,
    left: scopes.flatMap(({ resources }) =>
      [...resources.values()].filter(({ key }) => !all.has(key)).map(({ key }) => key),
    ),
  };
}

interface Ownership {
  readonly owners: Owners;
  readonly partsOf: ReadonlyMap<string, readonly { readonly key: string }[]>;
}

function nodesIn(scope: DrawnScope, { owners, partsOf }: Ownership): readonly PictureNode[] {
  const routes = routesOf(scope);
  const { prefix, path, inner } = scope;
  return [...scope.resources.values()].flatMap((resource): PictureNode[] => {
    const { key, id, type } = resource;
    if (!owners.get(key)?.includes(key)) return [];
    const isBox = type === NESTED && inner.has(id);
    const steps = stepsOf(scope, id);
    const others = (partsOf.get(key) ?? []).map((each) => each.key).filter((each) => each !== key);
    const hasUrl = others.some((each) =>
      scope.resources.get(each.slice(prefix.length))?.type.endsWith('::Url'),
    );
    return [
      {
        id: key,
        kind: kindOf(type),
        type,
        name: steps.at(-1) ?? id,
        path: [...path, ...(isBox ? steps : steps.slice(0, -1))],
        details: [
          ...detailsOf(resource, scope),
          ...(hasUrl ? ['function URL'] : []),
          ...labelsOf(routes, key),
        ],
        parts: [key, ...others],
      },
    ];
  });
}

function arrowsIn(scopes: readonly DrawnScope[], all: ReadonlyMap<string, Mentioning>): readonly Arrow[] {
  const told = [...all.values()].flatMap(({ resource, mentioned }) =>
    mentioned.flatMap((mention): Arrow[] => {
      if (isRoute(resource.type, String(mention.path[0]))) return [];
      const arrow = arrowOf(resource, mention);
      return arrow ? [arrow] : [];
    }),
  );
  return [...told, ...scopes.flatMap((scope) => routeArrows(routesOf(scope)))];
}

/** Event sources of others, which only an ARN or a parameter names. */
function foreignSources(
  scopes: readonly DrawnScope[],
  all: ReadonlyMap<string, Mentioning>,
): { readonly arrows: readonly Arrow[]; readonly outside: ReadonlyMap<string, string> } {
  const outside = new Map<string, string>();
  const isForeign = ({ key, type, properties }: DrawnResource): boolean =>
    type === 'AWS::Lambda::EventSourceMapping' &&
    properties.EventSourceArn !== undefined &&
    !(all.get(key)?.mentioned ?? []).some(({ path }) => path[0] === 'EventSourceArn');
  const arrows = scopes.flatMap(({ resources }) =>
    [...resources.values()].filter(isForeign).map(({ key, written }): Arrow => {
      const arn = written.EventSourceArn ?? '';
      const service = typeof arn === 'string' ? arn.split(':')[2] : undefined;
      const told = [service, outsideName(arn)].filter(Boolean).join(' ');
      outside.set(`outside:${told}`, told);
      return { from: `outside:${told}`, to: key, kind: 'event', label: '' };
    }),
  );
  return { arrows, outside };
}
