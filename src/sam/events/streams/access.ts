import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { isCall } from '../../intrinsics.ts';
import { truthy } from '../../python/values.ts';
import { refuseEvent } from '../refuse.ts';
import type { SamEvent } from '../types.ts';

/** One statement of a policy. */
export const statement = (actions: Json, resource: Json): JsonObject => ({
  Action: actions,
  Effect: 'Allow',
  Resource: resource,
});

export const secret = (uri: Json): JsonObject => statement(['secretsmanager:GetSecretValue'], uri);

/** What Lambda needs to reach into a network. */
export const NETWORK: JsonObject = statement(
  [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeVpcs',
    'ec2:DescribeSubnets',
    'ec2:DescribeSecurityGroups',
  ],
  '*',
);

/** The use of the key that secrets are encrypted with, as far as one is named. */
export function decryption(event: SamEvent, action: Json): JsonObject[] {
  const key = event.properties.SecretsManagerKmsKeyId;
  if (!truthy(key)) return [];
  if (typeof key !== 'string')
    return refuseEvent(event, ['SecretsManagerKmsKeyId'], 'SecretsManagerKmsKeyId has to be a text');
  const arn = `arn:\${AWS::Partition}:kms:\${AWS::Region}:\${AWS::AccountId}:key/${key}`;
  return [statement(action, { 'Fn::Sub': arn })];
}

/** `SourceAccessConfigurations` as maps. */
export function accessList(event: SamEvent): readonly JsonObject[] {
  const list = event.properties.SourceAccessConfigurations;
  const path = ['SourceAccessConfigurations'];
  if (!truthy(list) || !Array.isArray(list))
    return refuseEvent(event, path, `an event of ${event.type} needs SourceAccessConfigurations, a list`);
  return list.map((item, index) =>
    isObject(item)
      ? item
      : refuseEvent(event, [...path, index], 'an entry of SourceAccessConfigurations has to be a map'),
  );
}

/**
 * The secret with the password of a broker or a database.
 *
 * @param allowed types besides `BASIC_AUTH`
 */
export function passwordSecret(event: SamEvent, allowed: readonly string[]): Json {
  const path = ['SourceAccessConfigurations'];
  let found: Json | undefined;
  for (const [index, { Type, URI }] of accessList(event).entries()) {
    if (typeof Type !== 'string' || (Type !== 'BASIC_AUTH' && !allowed.includes(Type)))
      return refuseEvent(
        event,
        [...path, index, 'Type'],
        `Type has to be one of ${['BASIC_AUTH', ...allowed].join(', ')}`,
      );
    if (Type !== 'BASIC_AUTH') continue;
    if (found !== undefined) refuseEvent(event, [...path, index], 'there is one entry of BASIC_AUTH already');
    if (!truthy(URI)) return refuseEvent(event, [...path, index], 'BASIC_AUTH needs a URI');
    found = URI;
  }
  return found ?? refuseEvent(event, path, 'SourceAccessConfigurations need an entry of BASIC_AUTH');
}

/** The URI of an entry, which it needs. */
export function accessUri(event: SamEvent, index: number, uri: Json | undefined): Json {
  const path = ['SourceAccessConfigurations', index, 'URI'];
  if (!truthy(uri)) return refuseEvent(event, path, 'this entry of SourceAccessConfigurations needs a URI');
  if (typeof uri !== 'string' && !isCall(uri)) return refuseEvent(event, path, 'URI has to be a text');
  return uri;
}
