import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { propertyTable } from '../checks/property-table.ts';
import { codeLocation } from '../code-location.ts';
import { isCall } from '../intrinsics.ts';
import { hashedId } from '../logical-id.ts';
import { refuse } from '../problems.ts';
import { given, truthy } from '../python/values.ts';
import { generated, written } from '../resource.ts';
import { RANKS, type SamType } from '../sam-type.ts';
import type { SamSource } from '../types.ts';

/** `AWS::Serverless::LayerVersion`: a new layer version, under a new logical ID, with each change. */
export const LAYER_VERSION: SamType = {
  properties: propertyTable({
    LayerName: 'string|map',
    Description: 'string',
    PublishLambdaVersion: 'bool',
    ContentUri: 'string|map!',
    CompatibleArchitectures: 'list<string|map>',
    CompatibleRuntimes: 'list<string|map>',
    LicenseInfo: 'string',
    RetentionPolicy: 'string',
  }),
  rank: RANKS.other,
  generate(source, { parameters, renamed }) {
    const { dependsOn, logicalId, passed, properties } = source;
    for (const name of ['LayerName', 'LicenseInfo', 'Description', 'RetentionPolicy']) {
      const value = properties[name];
      if (!truthy(value)) continue;
      const known = parameters.resolve(value);
      if (typeof known !== 'string' && !isObject(known))
        refuse(logicalId, [name], `${name} has to be a text`);
      properties[name] = known ?? null;
    }
    const retention = retentionOf(source);
    const id = hashedId(logicalId, hashed(source));
    renamed.set(logicalId, id);
    const {
      LayerName,
      Description,
      ContentUri = null,
      CompatibleArchitectures,
      CompatibleRuntimes,
      LicenseInfo,
    } = properties;
    checkArchitectures(logicalId, CompatibleArchitectures);
    return [
      generated(id, 'AWS::Lambda::LayerVersion', {
        attributes: { DeletionPolicy: 'Retain', ...passed, ...(retention && { DeletionPolicy: retention }) },
        ...(dependsOn !== undefined && { dependsOn }),
        properties: {
          LayerName: truthy(LayerName) ? LayerName : logicalId,
          Description,
          Content: codeLocation(logicalId, 'ContentUri', ContentUri),
          CompatibleArchitectures,
          CompatibleRuntimes,
          LicenseInfo,
        },
      }),
    ];
  },
};

/** What a new version is made for: everything but what happens to old ones. */
function hashed({ attributes, dependsOn, logicalId, properties }: SamSource): JsonObject {
  const { DeletionPolicy: _, UpdateReplacePolicy: __, Metadata: ___, ...kept } = attributes;
  const type = 'AWS::Serverless::LayerVersion';
  return {
    [logicalId]: written({ logicalId, type, dependsOn: dependsOn ?? null, attributes: kept, properties }),
  };
}

function retentionOf({ logicalId, properties }: SamSource): string | undefined {
  const policy = properties.RetentionPolicy;
  if (!given(policy)) return undefined;
  const found = ['Retain', 'Delete'].find((option) => option.toLowerCase() === String(policy).toLowerCase());
  return typeof policy === 'string' && found !== undefined
    ? found
    : refuse(
        logicalId,
        ['RetentionPolicy'],
        'RetentionPolicy has to be Retain or Delete, or a parameter with such a value',
      );
}

function checkArchitectures(logicalId: string, architectures: Json | undefined): void {
  if (!truthy(architectures) || isCall(architectures)) return;
  if (!Array.isArray(architectures))
    refuse(logicalId, ['CompatibleArchitectures'], 'CompatibleArchitectures has to be a list');
  for (const [index, each] of architectures.entries())
    if (!isCall(each) && each !== 'arm64' && each !== 'x86_64')
      refuse(logicalId, ['CompatibleArchitectures', index], 'an architecture has to be x86_64 or arm64');
}
