import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { isCall } from '../intrinsics.ts';
import { refuse } from '../problems.ts';
import { truthy } from '../python/values.ts';
import { generated, ref } from '../resource.ts';
import type { Generated, SamSource } from '../types.ts';

/** Kinds of what CORS settings of a function URL may be. */
const CORS: Readonly<Record<string, 'boolean' | 'list' | 'number'>> = {
  AllowOrigins: 'list',
  AllowMethods: 'list',
  AllowCredentials: 'boolean',
  AllowHeaders: 'list',
  ExposeHeaders: 'list',
  MaxAge: 'number',
};

/** What `FunctionUrlConfig` makes: the URL and, where it is open, the permissions for everybody. */
export function functionUrl(source: SamSource, alias: Generated | undefined): Generated[] {
  const { logicalId, passed, properties } = source;
  const config = properties.FunctionUrlConfig;
  if (!truthy(config) || !isObject(config)) return [];
  check(logicalId, config);
  const target = ref(alias?.logicalId ?? logicalId);
  const { AuthType, Cors, InvokeMode } = config;
  const url = generated(`${logicalId}Url`, 'AWS::Lambda::Url', {
    attributes: passed,
    properties: { Cors: truthy(Cors) ? Cors : undefined, AuthType, TargetFunctionArn: target, InvokeMode },
  });
  if (AuthType !== 'NONE' || isCall(config)) return [url];
  const permission = (id: string, properties: JsonObject): Generated =>
    generated(`${logicalId}${id}`, 'AWS::Lambda::Permission', {
      attributes: passed,
      properties: { FunctionName: target, Principal: '*', ...properties },
    });
  return [
    url,
    permission('UrlPublicPermissions', { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: AuthType }),
    permission('URLInvokeAllowPublicAccess', {
      Action: 'lambda:InvokeFunction',
      InvokedViaFunctionUrl: true,
    }),
  ];
}

function check(logicalId: string, config: JsonObject): void {
  if (isCall(config)) return;
  const at = ['FunctionUrlConfig'];
  const { AuthType, Cors } = config;
  if (!isCall(AuthType) && AuthType !== 'AWS_IAM' && AuthType !== 'NONE')
    refuse(logicalId, [...at, 'AuthType'], 'a function URL needs an AuthType: AWS_IAM or NONE');
  if (!truthy(Cors) || isCall(Cors)) return;
  if (!isObject(Cors)) refuse(logicalId, [...at, 'Cors'], 'Cors of FunctionUrlConfig has to be a map');
  for (const name of Object.keys(Cors)) {
    const value = Cors[name] ?? null;
    const path = [...at, 'Cors', name];
    const kind = Object.hasOwn(CORS, name) ? CORS[name] : undefined;
    if (!kind) refuse(logicalId, path, `Cors has no setting ${name}; it has ${Object.keys(CORS).join(', ')}`);
    if (isObject(value) ? !isCall(value) : !isKind(value, kind))
      refuse(logicalId, path, `${name} of Cors has to be a ${kind}`);
  }
}

function isKind(value: Json, kind: 'boolean' | 'list' | 'number' | undefined): boolean {
  if (kind === 'list') return Array.isArray(value);
  return typeof value === 'boolean' || (kind === 'number' && Number.isInteger(value));
}
