import { isObject, type Json, type JsonObject, type TemplatePath } from '../../template/types.ts';
import { refuse } from '../problems.ts';
import { given, truthy } from '../python/values.ts';
import { getAtt, ref } from '../resource.ts';
import type { Generated } from '../types.ts';
import { connected, type GraphqlApi } from './context.ts';

/** Types that need settings: where the author has these, and what AppSync calls them. */
const SETTINGS: Readonly<Record<string, readonly [written: string, property: string]>> = {
  AWS_LAMBDA: ['LambdaAuthorizer', 'LambdaAuthorizerConfig'],
  OPENID_CONNECT: ['OpenIDConnect', 'OpenIDConnectConfig'],
  AMAZON_COGNITO_USER_POOLS: ['UserPool', 'UserPoolConfig'],
};

/** Who may call an API: properties of the API, and permissions of functions that decide about it. */
export function authOf(
  api: GraphqlApi,
  auth: JsonObject,
): { readonly properties: JsonObject; readonly permissions: readonly Generated[] } {
  const { logicalId } = api.source;
  const { Additional, ...first } = auth;
  const properties: JsonObject = {
    AuthenticationType: auth.Type ?? null,
    ...settingsOf(logicalId, ['Auth'], first),
  };
  const others = (Array.isArray(Additional) ? Additional : []).map((each, index) => {
    const { Type = null, ...written } = isObject(each) ? each : {};
    const settings = settingsOf(logicalId, ['Auth', 'Additional', index], { Type, ...written });
    // Only the first one says what happens by default.
    if (isObject(settings.UserPoolConfig)) delete settings.UserPoolConfig.DefaultAction;
    return { AuthenticationType: Type, ...settings };
  });
  if (others.length > 0) properties.AdditionalAuthenticationProviders = others;
  const all: readonly JsonObject[] = [properties, ...others];
  const functions = all.flatMap(({ LambdaAuthorizerConfig }) =>
    isObject(LambdaAuthorizerConfig) ? [LambdaAuthorizerConfig.AuthorizerUri ?? null] : [],
  );
  const permissions = functions.flatMap((arn, index) =>
    connected(api, `ToLambdaAuthConnector${index + 1}`, {
      Source: {
        Type: 'AWS::AppSync::GraphQLApi',
        Arn: ref(logicalId),
        ResourceId: getAtt(logicalId, 'ApiId'),
      },
      Destination: { Type: 'AWS::Lambda::Function', Arn: arn },
      Permissions: ['Write'],
    }),
  );
  return { properties, permissions };
}

function settingsOf(logicalId: string, at: TemplatePath, written: JsonObject): JsonObject {
  const names = Object.keys(written).filter((name) => given(written[name]));
  if (names.length > 2)
    refuse(logicalId, at, `${at.join('.')} has the settings of more than one type: ${names.join(', ')}`);
  const [from, to] = SETTINGS[String(written.Type)] ?? [];
  if (from === undefined || to === undefined) return {};
  const settings = written[from];
  if (!isObject(settings))
    return refuse(logicalId, at, `${at.join('.')} needs ${from} for the type ${String(written.Type)}`);
  return { [to]: withoutNull(settings) };
}

/** Entries that have a value. */
export const withoutNull = (map: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(map).filter((entry): entry is [string, Json] => given(entry[1])));

/** A value that is not empty. */
export const filled = (value: Json | undefined): Json | undefined => (truthy(value) ? value : undefined);
