import { isObject, type Json, type JsonObject, type TemplatePath } from '../../../../template/types.ts';
import { refuse } from '../../../problems.ts';
import { tableOf } from '../../../python/key-order.ts';
import { KeyTable } from '../../../python/key-table.ts';
import { given, truthy } from '../../../python/values.ts';
import { subCall } from '../../document/calls.ts';
import type { Definition } from '../../document/definition.ts';
import { bytes, type PyMap, type PyValue } from '../../document/python-map.ts';

/** An authorizer of a REST API as its author describes it. */
export interface RestAuthorizer {
  readonly name: string;
  readonly isIam: boolean;
  readonly properties: JsonObject;
}

const IDENTITY_PARTS = [
  ['Headers', 'method.request.header.'],
  ['QueryStrings', 'method.request.querystring.'],
  ['StageVariables', 'stageVariables.'],
  ['Context', 'context.'],
] as const;

/** The authorizers of an API in the order of Python 2.7, checked. */
export function authorizersOf(
  apiId: string,
  { Authorizers, DefaultAuthorizer }: { readonly Authorizers?: Json; readonly DefaultAuthorizer?: Json },
): Map<string, RestAuthorizer> {
  const found = new Map<string, RestAuthorizer>();
  if (DefaultAuthorizer === 'AWS_IAM') found.set('AWS_IAM', { name: 'AWS_IAM', isIam: true, properties: {} });
  if (truthy(Authorizers)) {
    if (!isObject(Authorizers)) return refuse(apiId, ['Auth', 'Authorizers'], 'Authorizers has to be a map');
    for (const name of tableOf(Authorizers).keys()) {
      const properties = Authorizers[name];
      if (!isObject(properties))
        return refuse(apiId, ['Auth', 'Authorizers', name], `authorizer ${name} has to be a map`);
      check(apiId, name, properties);
      found.set(name, { name, isIam: false, properties });
    }
  }
  const inOrder = new Map<string, RestAuthorizer>();
  for (const name of KeyTable.of(found.keys()).keys()) {
    const authorizer = found.get(name);
    if (authorizer) inOrder.set(name, authorizer);
  }
  return inOrder;
}

function check(apiId: string, name: string, properties: JsonObject): void {
  const at: TemplatePath = ['Auth', 'Authorizers', name];
  const { FunctionPayloadType, Identity, AuthorizationScopes, DisableFunctionDefaultPermissions } =
    properties;
  if (given(FunctionPayloadType) && FunctionPayloadType !== 'TOKEN' && FunctionPayloadType !== 'REQUEST')
    refuse(
      apiId,
      [...at, 'FunctionPayloadType'],
      `FunctionPayloadType of ${name} has to be TOKEN or REQUEST`,
    );
  if (FunctionPayloadType === 'REQUEST' && lacksSource(apiId, at, Identity))
    refuse(
      apiId,
      [...at, 'Identity'],
      `authorizer ${name} has to name at least one of Headers, QueryStrings, StageVariables and Context`,
    );
  if (given(AuthorizationScopes) && !Array.isArray(AuthorizationScopes))
    refuse(apiId, [...at, 'AuthorizationScopes'], 'AuthorizationScopes has to be a list');
  if (given(DisableFunctionDefaultPermissions) && typeof DisableFunctionDefaultPermissions !== 'boolean')
    refuse(
      apiId,
      [...at, 'DisableFunctionDefaultPermissions'],
      'DisableFunctionDefaultPermissions has to be true or false',
    );
}

/** Whether there is nothing that answers could be cached by, though they are. */
function lacksSource(apiId: string, at: TemplatePath, identity: Json | undefined): boolean {
  if (!truthy(identity)) return true;
  if (!isObject(identity)) return refuse(apiId, [...at, 'Identity'], 'Identity has to be a map');
  const isMissing = !IDENTITY_PARTS.some(([part]) => truthy(identity[part]));
  const seconds = identity.ReauthorizeEvery;
  const count =
    typeof seconds === 'number' || typeof seconds === 'boolean'
      ? Math.trunc(Number(seconds))
      : typeof seconds === 'string' && /^\s*[+-]?\d+\s*$/.test(seconds)
        ? Number(seconds)
        : undefined;
  return count === undefined ? isMissing : count > 0 && isMissing;
}

/** An authorizer as a security definition. */
export function authorizerDefinition(
  definition: Definition,
  authorizer: RestAuthorizer,
  partition: string,
): PyMap {
  const { isIam, properties } = authorizer;
  const { UserPoolArn, FunctionPayloadType } = properties;
  const isCognito = !isIam && truthy(UserPoolArn);
  const isLambda = !isIam && !isCognito;
  const isRequest = FunctionPayloadType === 'REQUEST';
  const header = isLambda && isRequest ? bytes('Unused') : headerOf(definition, authorizer);
  const made = definition.map();
  made.set(bytes('type'), bytes('apiKey'));
  made.set(bytes('name'), header);
  made.set(bytes('in'), bytes('header'));
  made.set(
    bytes('x-amazon-apigateway-authtype'),
    bytes(isIam ? 'awsSigv4' : isCognito ? 'cognito_user_pools' : 'custom'),
  );
  if (isIam) return made;
  const details = definition.map();
  made.set(bytes('x-amazon-apigateway-authorizer'), details);
  if (isCognito) {
    details.set(bytes('type'), bytes('cognito_user_pools'));
    const pools = definition.authored(UserPoolArn);
    details.set(bytes('providerARNs'), Array.isArray(pools) ? pools : [pools]);
  } else addFunction(definition, details, { authorizer, partition });
  const expression = isObject(properties.Identity) ? properties.Identity.ValidationExpression : undefined;
  if ((isCognito || !isRequest) && truthy(expression))
    details.set(bytes('identityValidationExpression'), definition.authored(expression));
  return made;
}

function headerOf(definition: Definition, { name, properties }: RestAuthorizer): PyValue {
  const { Identity } = properties;
  if (truthy(Identity) && !isObject(Identity))
    return refuse(
      definition.apiId,
      ['Auth', 'Authorizers', name, 'Identity'],
      `Identity of authorizer ${name} has to be a map`,
    );
  const header = isObject(Identity) ? Identity.Header : undefined;
  return truthy(header) ? definition.authored(header) : bytes('Authorization');
}

function addFunction(
  definition: Definition,
  details: PyMap,
  { authorizer, partition }: { readonly authorizer: RestAuthorizer; readonly partition: string },
): void {
  const { FunctionArn, FunctionPayloadType, FunctionInvokeRole, Identity } = authorizer.properties;
  const isRequest = FunctionPayloadType === 'REQUEST';
  details.set(bytes('type'), bytes(isRequest ? 'request' : 'token'));
  details.set(
    bytes('authorizerUri'),
    subCall(
      bytes(
        `arn:${partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${__FunctionArn__}/invocations`,
      ),
      { __FunctionArn__: definition.authored(FunctionArn ?? null) },
    ),
  );
  const identity = isObject(Identity) ? Identity : {};
  if (given(identity.ReauthorizeEvery))
    details.set(bytes('authorizerResultTtlInSeconds'), definition.authored(identity.ReauthorizeEvery));
  if (truthy(FunctionInvokeRole) && FunctionInvokeRole !== 'NONE')
    details.set(bytes('authorizerCredentials'), definition.authored(FunctionInvokeRole));
  if (!isRequest) return;
  const source = sourceOf(definition.apiId, authorizer.name, identity);
  if (source !== '') details.set(bytes('identitySource'), source);
}

function sourceOf(apiId: string, name: string, identity: JsonObject): string {
  const sources: string[] = [];
  for (const [part, prefix] of IDENTITY_PARTS) {
    const names = identity[part];
    if (!truthy(names)) continue;
    const at: TemplatePath = ['Auth', 'Authorizers', name, 'Identity', part];
    if (!Array.isArray(names)) return refuse(apiId, at, `${part} has to be a list`);
    for (const [index, each] of names.entries()) {
      if (typeof each !== 'string') return refuse(apiId, [...at, index], `${part} has to be a list of texts`);
      sources.push(prefix + each);
    }
  }
  return sources.join(', ');
}
