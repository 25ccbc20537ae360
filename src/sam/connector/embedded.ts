import { isObject, type Json, type JsonObject, type TemplatePath } from '../../template/types.ts';
import type { Build } from '../context.ts';
import { keepOrder, tableOf } from '../python/key-order.ts';
import type { SamProblem } from '../types.ts';

/** Where a connector that is written in another resource stands, and in which resource. */
interface Place {
  readonly owner: string;
  readonly path: TemplatePath;
}

const ATTRIBUTES = [
  'DependsOn',
  'DeletionPolicy',
  'UpdatePolicy',
  'Condition',
  'UpdateReplacePolicy',
  'Metadata',
];

/** Makes resources of the connectors that are written in others, as their attribute `Connectors`. */
export function takeConnectors(build: Build): void {
  const { resources, problems } = build;
  const places = new Map<string, Place>();
  for (const [owner, resource] of Object.entries(resources)) {
    if (!isObject(resource) || !Object.hasOwn(resource, 'Connectors')) continue;
    const { Connectors } = resource;
    const at = ['Resources', owner, 'Connectors'];
    const add = (path: TemplatePath, message: string): void => {
      problems.push({ logicalId: owner, path, message });
    };
    delete resource.Connectors;
    if (!isObject(Connectors)) {
      add(at, 'Connectors has to be a map');
      continue;
    }
    for (const [name, written] of Object.entries(Connectors)) {
      const id = owner + name;
      const path = [...at, name];
      const connector = connectorOf(owner, written, (below, message) => add([...path, ...below], message));
      if (!connector) continue;
      if (Object.hasOwn(resources, id) || places.has(id))
        add(path, `this connector becomes the resource ${id}, which the template has already; rename it`);
      else if (!/^[A-Za-z0-9]+$/.test(id)) add(path, 'the name of a connector has letters and digits only');
      else {
        places.set(id, { owner, path });
        resources[id] = connector;
      }
    }
  }
  if (places.size === 0) return;
  build.shared.set('connectors', places);
  const order = tableOf(resources);
  order.merge([...places.keys()]);
  keepOrder(resources, order);
}

function connectorOf(
  owner: string,
  written: Json,
  refuse: (below: TemplatePath, message: string) => void,
): JsonObject | undefined {
  if (!isObject(written)) {
    refuse([], 'a connector has to be a map');
    return undefined;
  }
  const { Properties } = written;
  if (!isObject(Properties)) {
    refuse(['Properties'], 'Properties has to be a map');
    return undefined;
  }
  const { SourceReference, ...properties } = Properties;
  if (SourceReference !== undefined && !isObject(SourceReference)) {
    refuse(['Properties', 'SourceReference'], 'SourceReference has to be a map');
    return undefined;
  }
  if (SourceReference && Object.hasOwn(SourceReference, 'Id')) {
    refuse(
      ['Properties', 'SourceReference', 'Id'],
      'SourceReference has no Id: it is the resource that the connector is in',
    );
    return undefined;
  }
  const attributes = ATTRIBUTES.flatMap((name) =>
    Object.hasOwn(written, name) ? [[name, written[name] ?? null]] : [],
  );
  return {
    Type: 'AWS::Serverless::Connector',
    ...Object.fromEntries(attributes),
    Properties: { ...properties, Source: { Id: owner, ...SourceReference } },
  };
}

/** Tells problems and origins of such connectors as those of the resource that they are written in. */
export function placeConnectors({ shared, problems }: Build, origins: Map<string, readonly string[]>): void {
  const places = shared.get('connectors') as ReadonlyMap<string, Place> | undefined;
  if (!places) return;
  problems.forEach((problem, index) => {
    problems[index] = placed(problem, places);
  });
  for (const [id, makers] of origins)
    origins.set(id, [...new Set(makers.map((maker) => places.get(maker)?.owner ?? maker))]);
}

function placed(problem: SamProblem, places: ReadonlyMap<string, Place>): SamProblem {
  const [section, id, ...below] = problem.path;
  const place = section === 'Resources' && typeof id === 'string' ? places.get(id) : undefined;
  return place ? { ...problem, logicalId: place.owner, path: [...place.path, ...below] } : problem;
}
