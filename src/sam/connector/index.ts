import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { propertyTable } from '../checks/property-table.ts';
import type { Build } from '../context.ts';
import { refuse } from '../problems.ts';
import { generated } from '../resource.ts';
import { RANKS, type SamType } from '../sam-type.ts';
import type { Generated, SamSource } from '../types.ts';
import { Dependencies } from './dependencies.ts';
import { profileOf, replaced } from './profiles.ts';
import { type ResourceReference, resourceReference } from './resource-reference.ts';
import { connectorResources } from './resources.ts';

/** `AWS::Serverless::Connector`: what lets one resource use another. */
export const CONNECTOR: SamType = {
  rank: RANKS.connector,
  properties: propertyTable({ Source: 'map!', Destination: 'map|list<map>!', Permissions: 'list<string>!' }),
  generate,
};

function generate(source: SamSource, build: Build): Generated[] {
  const made = connectorsOf(source, build);
  Dependencies.of(build).replace(source.logicalId, made);
  return made;
}

/** What a connector makes; nobody that depends on it is told. */
export function connectorsOf(source: SamSource, build: Build): Generated[] {
  const { logicalId, properties } = source;
  const { Destination } = properties;
  const isList = Array.isArray(Destination);
  const destinations = isList ? Destination : [Destination ?? null];
  const made = destinations.flatMap((destination, index) => {
    const at = isList ? ['Destination', index] : ['Destination'];
    if (!isObject(destination))
      return refuse(logicalId, at, 'Destination has to be a map, or a list of maps');
    return connect(source, { destination, at, suffix: isList ? `Destination${index}` : '' }, build);
  });
  if (made.length === 0) refuse(logicalId, ['Destination'], 'Destination must not be an empty list');
  return made;
}

function connect(
  source: SamSource,
  { destination, at, suffix }: { destination: JsonObject; at: readonly (string | number)[]; suffix: string },
  build: Build,
): Generated[] {
  const { logicalId, properties } = source;
  const { Source: from } = properties;
  if (!isObject(from)) return refuse(logicalId, ['Source'], 'Source has to be a map');
  const refuseAt =
    (place: readonly (string | number)[]) =>
    (below: readonly string[], message: string): never =>
      refuse(logicalId, [...place, ...below], message);
  const to = resourceReference(destination, { other: from, build }, refuseAt(at));
  const start = resourceReference(from, { other: destination, build }, refuseAt(['Source']));
  const profile = profileOf(start.type, to.type);
  if (!profile) return refuse(logicalId, at, `no connector goes from ${start.type} to ${to.type}`);
  const { AccessCategories, ValidAccessCategories } = profile.Properties;
  const permissions = permissionsOf(source, {
    categories: Object.keys(AccessCategories),
    combinations: ValidAccessCategories,
  });
  const categories = replaced(AccessCategories as JsonObject, replacements(start, to), (name) =>
    refuse(
      logicalId,
      name.startsWith('Source') ? ['Source'] : at,
      `${name} is not known, which this connector needs`,
    ),
  );
  const made = connectorResources(source, {
    profile,
    categories: Object.entries(isObject(categories) ? categories : {}).filter(([name]) =>
      permissions.has(name),
    ),
    ends: { source: start, destination: to },
    suffix,
    dependencies: () => Dependencies.of(build),
  });
  const typeOf = ({ logicalId: id, type }: ResourceReference): Json => {
    const original = id === undefined ? undefined : build.resources[id];
    return isObject(original) && original.Type ? original.Type : type;
  };
  const Metadata = {
    'aws:sam:connectors': {
      [logicalId]: { Source: { Type: typeOf(start) }, Destination: { Type: typeOf(to) } },
    },
  };
  return made.map((each) =>
    generated(each.logicalId, each.type, {
      ...each,
      attributes: {
        ...each.attributes,
        Metadata: { ...(isObject(each.attributes.Metadata) && each.attributes.Metadata), ...Metadata },
      },
    }),
  );
}

function permissionsOf(
  { logicalId, properties }: SamSource,
  {
    categories,
    combinations,
  }: { categories: readonly string[]; combinations: readonly (readonly string[])[] | undefined },
): ReadonlySet<string> {
  const { Permissions } = properties;
  const wanted = new Set(Array.isArray(Permissions) ? Permissions.map(String) : []);
  const at = ['Permissions'];
  const valid = categories.join(', ');
  if (wanted.size === 0)
    refuse(logicalId, at, `Permissions must not be empty; this connector knows ${valid}`);
  for (const each of wanted)
    if (!categories.includes(each)) refuse(logicalId, at, `this connector has no ${each}; it knows ${valid}`);
  const isValid = combinations?.some(
    (each) => each.length === wanted.size && each.every((name) => wanted.has(name)),
  );
  if (isValid === false)
    refuse(
      logicalId,
      at,
      `this connector takes only ${combinations?.map((each) => each.join(' and ')).join(', or ')}`,
    );
  return wanted;
}

const replacements = (source: ResourceReference, destination: ResourceReference) => ({
  'Source.Arn': source.arn,
  'Destination.Arn': destination.arn,
  'Source.ResourceId': source.id,
  'Destination.ResourceId': destination.id,
  'Source.Name': source.name,
  'Destination.Name': destination.name,
  'Source.Qualifier': source.qualifier,
  'Destination.Qualifier': destination.qualifier,
});
