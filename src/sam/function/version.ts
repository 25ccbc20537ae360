import { isObject, type Json, type JsonObject, own } from '../../template/types.ts';
import type { Build } from '../context.ts';
import { namedResource } from '../intrinsics.ts';
import { hashedId } from '../logical-id.ts';
import { refuse } from '../problems.ts';
import { given, truthy } from '../python/values.ts';
import { generated, getAtt, ref, written } from '../resource.ts';
import type { Generated, SamSource } from '../types.ts';

/** A function's version and the alias that leads to it. */
export interface Published {
  readonly version: Generated;
  readonly alias: Generated;
  /** The alias's name. */
  readonly name: string;
}

/** What `AutoPublishAlias` makes; `undefined` where a function has none. */
export function published(source: SamSource, lambda: Generated, build: Build): Published | undefined {
  const { logicalId, properties } = source;
  if (!truthy(properties.AutoPublishAlias)) {
    if (truthy(properties.ProvisionedConcurrencyConfig))
      refuse(
        logicalId,
        ['ProvisionedConcurrencyConfig'],
        'ProvisionedConcurrencyConfig needs AutoPublishAlias beside it',
      );
    return undefined;
  }
  const name = build.parameters.resolve(properties.AutoPublishAlias);
  if (typeof name !== 'string')
    return refuse(
      logicalId,
      ['AutoPublishAlias'],
      'AutoPublishAlias has to be a text or a reference to a parameter whose value is known',
    );
  const hash = codeHash(source, lambda, build);
  const version = versionOf(source, { lambda, hash }, build);
  return { version, alias: aliasOf(source, name, version), name };
}

/** `AutoPublishCodeSha256`, which the function's description shows as well, so that it changes with it. */
function codeHash(
  { logicalId, properties }: SamSource,
  lambda: Generated,
  { parameters }: Build,
): string | undefined {
  if (!truthy(properties.AutoPublishCodeSha256)) return undefined;
  const hash = parameters.resolve(properties.AutoPublishCodeSha256);
  if (typeof hash !== 'string')
    return refuse(
      logicalId,
      ['AutoPublishCodeSha256'],
      'AutoPublishCodeSha256 has to be a text or a known parameter',
    );
  const description = parameters.resolve(properties.Description);
  if (!given(description) || !truthy(description)) lambda.properties.Description = hash;
  else if (typeof description === 'string') lambda.properties.Description = `${description} ${hash}`;
  else lambda.properties.Description = { 'Fn::Join': [' ', [description, hash]] };
  return hash;
}

function versionOf(
  source: SamSource,
  { lambda, hash }: { readonly lambda: Generated; readonly hash: string | undefined },
  build: Build,
): Generated {
  const { logicalId, properties, passed } = source;
  const code = build.parameters.resolve(lambda.properties.Code ?? {});
  lambda.properties.Code = code;
  const data =
    properties.AutoPublishAliasAllProperties === true ? allProperties(lambda, build) : codeOnly(lambda);
  const { VersionDeletionPolicy, CapacityProviderConfig, FunctionScalingConfig } = properties;
  const deletion = given(VersionDeletionPolicy)
    ? VersionDeletionPolicy
    : given(CapacityProviderConfig)
      ? 'Delete'
      : 'Retain';
  return generated(hashedId(`${logicalId}Version`, data, hash), 'AWS::Lambda::Version', {
    attributes: { DeletionPolicy: deletion, ...passed },
    properties: {
      FunctionName: ref(logicalId),
      Description: properties.VersionDescription,
      FunctionScalingConfig:
        given(CapacityProviderConfig) && given(FunctionScalingConfig) ? FunctionScalingConfig : undefined,
    },
  });
}

/** Everything that a new version is made for: all properties, and those of layers that say so. */
function allProperties(lambda: Generated, build: Build): JsonObject {
  const data: JsonObject = { ...(written(lambda).Properties as JsonObject) };
  const layers = lambda.properties.Layers;
  if (!Array.isArray(layers)) return data;
  for (const layer of layers) {
    const name = namedResource(layer);
    const resource = name === undefined ? undefined : own(build.output, name);
    if (name === undefined || !isObject(resource)) continue;
    const { Properties = {} } = resource;
    if (isObject(Properties) && truthy(Properties.PublishLambdaVersion)) data[name] = Properties;
  }
  return data;
}

/** What a new version is made for unless more is asked for. */
function codeOnly({ properties }: Generated): JsonObject {
  const { Code, Environment, MemorySize, SnapStart } = properties;
  const data: JsonObject = isObject(Code) ? { ...Code } : {};
  if (truthy(Environment) && isObject(Environment)) Object.assign(data, Environment);
  if (truthy(MemorySize)) data.MemorySize = MemorySize;
  if (isObject(SnapStart) && truthy(SnapStart) && (SnapStart.ApplyOn ?? 'None') !== 'None')
    data.SnapStart = SnapStart;
  return data;
}

/** Letters, digits, hyphens and underscores, and not digits alone. */
const ALIAS = /^(?![0-9]+$)[a-zA-Z0-9\-_]+$/;

function aliasOf({ logicalId, properties, passed }: SamSource, name: string, version: Generated): Generated {
  if (!ALIAS.test(name))
    refuse(
      logicalId,
      ['AutoPublishAlias'],
      `AutoPublishAlias is '${name}', but the name of an alias has letters, digits, hyphens and underscores, and not digits alone`,
    );
  const id = `${logicalId}Alias${name.replaceAll('-', 'D').replaceAll('_', 'U')}`;
  const { ProvisionedConcurrencyConfig } = properties;
  return generated(id, 'AWS::Lambda::Alias', {
    attributes: passed,
    properties: {
      Name: name,
      FunctionName: ref(logicalId),
      FunctionVersion: getAtt(version.logicalId, 'Version'),
      ProvisionedConcurrencyConfig: truthy(ProvisionedConcurrencyConfig)
        ? (ProvisionedConcurrencyConfig as Json)
        : undefined,
    },
  });
}
