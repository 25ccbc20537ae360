import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import type { Build } from '../../context.ts';
import { given, truthy } from '../../python/values.ts';
import { refuseEvent } from '../refuse.ts';
import type { SamEvent } from '../types.ts';
import { secret, statement } from './access.ts';

/** What the role needs to read the schemas of Kafka's records. */
export function schemaRegistry(event: SamEvent, build: Build): readonly JsonObject[] {
  const config = event.properties.SchemaRegistryConfig;
  if (!truthy(config)) return [];
  const path = ['SchemaRegistryConfig'];
  if (!isObject(config)) return refuseEvent(event, path, 'SchemaRegistryConfig has to be a map');
  for (const name of ['SchemaRegistryURI', 'EventRecordFormat', 'SchemaValidationConfigs'])
    if (!Object.hasOwn(config, name)) refuseEvent(event, path, `SchemaRegistryConfig needs ${name}`);
  const { EventRecordFormat, SchemaValidationConfigs, AccessConfigs, SchemaRegistryURI = null } = config;
  if (EventRecordFormat !== 'JSON' && EventRecordFormat !== 'SOURCE')
    refuseEvent(event, [...path, 'EventRecordFormat'], 'EventRecordFormat has to be JSON or SOURCE');
  if (!Array.isArray(SchemaValidationConfigs))
    refuseEvent(event, [...path, 'SchemaValidationConfigs'], 'SchemaValidationConfigs has to be a list');
  return [...accessOf(event, AccessConfigs), ...glue(SchemaRegistryURI, build)];
}

function accessOf(event: SamEvent, configs: Json | undefined): readonly JsonObject[] {
  if (!truthy(configs)) return [];
  const path = ['SchemaRegistryConfig', 'AccessConfigs'];
  if (!Array.isArray(configs)) return refuseEvent(event, path, 'AccessConfigs has to be a list');
  return configs.map((config, index) => {
    if (!isObject(config) || !Object.hasOwn(config, 'Type') || !Object.hasOwn(config, 'URI'))
      return refuseEvent(event, [...path, index], 'an entry of AccessConfigs needs Type and URI');
    return secret(config.URI ?? null);
  });
}

/** A registry of AWS Glue, told by its ARN. */
function glue(uri: Json, { parameters }: Build): readonly JsonObject[] {
  const resolved = isObject(uri) ? parameters.resolve({ ...uri }) : uri;
  const arn = isObject(resolved) ? resolved['Fn::Sub'] : resolved;
  const name = typeof arn === 'string' ? registryName(arn) : undefined;
  if (!given(name)) return [];
  const schemas = `arn:\${AWS::Partition}:glue:\${AWS::Region}:\${AWS::AccountId}:schema/${name}/*`;
  return [
    statement(['glue:GetRegistry'], uri),
    statement(['glue:GetSchemaVersion'], [{ 'Fn::Sub': schemas }]),
  ];
}

function registryName(arn: string): string | undefined {
  if (!arn.startsWith('arn')) return undefined;
  const part = arn.split(':')[5];
  return part?.startsWith('registry/') ? part.slice('registry/'.length) : undefined;
}
