import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { propertyTable } from '../checks/property-table.ts';
import { refuse } from '../problems.ts';
import { given, truthy } from '../python/values.ts';
import { generated, tagList } from '../resource.ts';
import { RANKS, type SamType } from '../sam-type.ts';

/** Types of keys, with those of DynamoDB. */
const KEY_TYPES: Readonly<Record<string, string>> = { String: 'S', Number: 'N', Binary: 'B' };

/** `AWS::Serverless::SimpleTable`. */
export const SIMPLE_TABLE: SamType = {
  properties: propertyTable({
    PointInTimeRecoverySpecification: 'any',
    PrimaryKey: 'map<string>',
    ProvisionedThroughput: 'map<int|map>',
    TableName: 'string|map',
    Tags: 'map',
    SSESpecification: 'map',
  }),
  rank: RANKS.other,
  generate({ attributes, dependsOn, logicalId, properties }) {
    const {
      PrimaryKey,
      PointInTimeRecoverySpecification,
      ProvisionedThroughput,
      SSESpecification,
      TableName,
      Tags,
    } = properties;
    const key = keyOf(logicalId, PrimaryKey);
    const isSet = (value: Json | undefined): Json | undefined => (truthy(value) ? value : undefined);
    return [
      generated(logicalId, 'AWS::DynamoDB::Table', {
        attributes,
        ...(dependsOn !== undefined && { dependsOn }),
        properties: {
          AttributeDefinitions: [key],
          KeySchema: [{ AttributeName: key.AttributeName ?? null, KeyType: 'HASH' }],
          PointInTimeRecoverySpecification: isSet(PointInTimeRecoverySpecification),
          ProvisionedThroughput: isSet(ProvisionedThroughput),
          BillingMode: truthy(ProvisionedThroughput) ? undefined : 'PAY_PER_REQUEST',
          SSESpecification: isSet(SSESpecification),
          TableName: isSet(TableName),
          Tags: truthy(Tags) ? tagList(Tags) : undefined,
        },
      }),
    ];
  },
};

function keyOf(logicalId: string, key: Json | undefined): JsonObject {
  if (!truthy(key) || !isObject(key)) return { AttributeName: 'id', AttributeType: 'S' };
  const { Name, Type } = key;
  if (!given(Name) || !given(Type))
    return refuse(logicalId, ['PrimaryKey'], 'PrimaryKey needs both Name and Type');
  const type = typeof Type === 'string' && Object.hasOwn(KEY_TYPES, Type) ? KEY_TYPES[Type] : undefined;
  if (type === undefined)
    return refuse(logicalId, ['PrimaryKey', 'Type'], 'Type of PrimaryKey has to be String, Number or Binary');
  return { AttributeName: Name, AttributeType: type };
}
