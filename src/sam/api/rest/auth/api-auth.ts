import { isObject, type Json, type JsonObject } from '../../../../template/types.ts';
import { refuse } from '../../../problems.ts';
import { truthy } from '../../../python/values.ts';
import { generated, ref, sub } from '../../../resource.ts';
import type { Generated, SamSource } from '../../../types.ts';
import type { Definition } from '../../document/definition.ts';
import type { PyValue } from '../../document/python-map.ts';
import { RestEdit } from '../editor.ts';
import { authorizerDefinition, authorizersOf, type RestAuthorizer } from './authorizers.ts';
import { addCustomStatements, addResourcePolicy, resourcePolicyOf } from './resource-policy.ts';
import { addKeyDefinition, setDefaultAuthorizer, setKeyRequired } from './security.ts';

const SETTINGS = [
  'Authorizers',
  'DefaultAuthorizer',
  'InvokeRole',
  'AddDefaultAuthorizerToCorsPreflight',
  'AddApiKeyRequiredToCorsPreflight',
  'ApiKeyRequired',
  'ResourcePolicy',
  'UsagePlan',
];

/** Writes `Auth` of an API into its definition. */
export function addAuth(
  definition: Definition,
  auth: JsonObject,
  { partition, stage }: { readonly partition: string; readonly stage: () => PyValue },
): void {
  const { apiId } = definition;
  for (const name in auth)
    if (!SETTINGS.includes(name))
      refuse(apiId, ['Auth', name], `Auth has no setting ${name}; it has ${SETTINGS.join(', ')}`);
  const edit = new RestEdit(definition);
  const authorizers = authorizersOf(apiId, auth);
  if (authorizers.size > 0) {
    const section = edit.section('security');
    for (const [name, authorizer] of authorizers)
      section.set(name, authorizerDefinition(definition, authorizer, partition));
    applyDefault(edit, auth, authorizers);
  }
  if (truthy(auth.ApiKeyRequired)) {
    addKeyDefinition(edit);
    const isForPreflight = isSetOr(auth, 'AddApiKeyRequiredToCorsPreflight', true);
    for (const path of definition.paths.keys()) setKeyRequired(edit, path, isForPreflight);
  }
  if (truthy(auth.ResourcePolicy)) {
    const rules = resourcePolicyOf(edit, auth.ResourcePolicy);
    const name = stage();
    for (const path of definition.paths.keys()) addResourcePolicy(edit, path, rules, name);
    if (truthy(rules.CustomStatements)) addCustomStatements(edit, rules.CustomStatements);
  }
  edit.end();
}

const isSetOr = (settings: JsonObject, name: string, byDefault: boolean): boolean =>
  Object.hasOwn(settings, name) ? truthy(settings[name]) : byDefault;

function applyDefault(
  edit: RestEdit,
  auth: JsonObject,
  authorizers: ReadonlyMap<string, RestAuthorizer>,
): void {
  const { definition } = edit;
  const name: Json | undefined = auth.DefaultAuthorizer;
  if (!truthy(name)) return;
  const at = ['Auth', 'DefaultAuthorizer'];
  if (typeof name !== 'string') refuse(definition.apiId, at, 'DefaultAuthorizer has to be a text');
  if (name !== 'AWS_IAM' && !authorizers.has(name))
    refuse(definition.apiId, at, `DefaultAuthorizer is ${name}, which is none of Authorizers`);
  const settings = {
    name,
    scopes: authorizers.get(name)?.properties.AuthorizationScopes,
    known: new Set(['AWS_IAM', ...authorizers.keys()]),
    isForPreflight: isSetOr(auth, 'AddDefaultAuthorizerToCorsPreflight', true),
  };
  for (const path of definition.paths.keys()) setDefaultAuthorizer(edit, path, settings);
}

/** Permissions of authorizers that are functions. */
export function authorizerPermissions(
  { logicalId, properties, passed }: SamSource,
  partition: string,
): Generated[] {
  const auth = properties.Auth;
  if (!isObject(auth) || !truthy(auth)) return [];
  const made: Generated[] = [];
  for (const [name, authorizer] of authorizersOf(logicalId, { Authorizers: auth.Authorizers ?? null })) {
    const { FunctionArn, DisableFunctionDefaultPermissions } = authorizer.properties;
    if (truthy(FunctionArn) && !truthy(DisableFunctionDefaultPermissions))
      made.push(
        authorizerPermission(`${logicalId}${name}AuthorizerPermission`, {
          functionArn: FunctionArn,
          apiId: logicalId,
          partition,
          passed,
        }),
      );
  }
  return made;
}

/** The permission that lets API Gateway call an authorizer's function. */
export const authorizerPermission = (
  id: string,
  {
    functionArn,
    apiId,
    partition,
    passed,
  }: { functionArn: Json; apiId: string; partition: string; passed: JsonObject },
): Generated =>
  generated(id, 'AWS::Lambda::Permission', {
    attributes: passed,
    properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: functionArn,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: sub(
        `arn:${partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/authorizers/*`,
        { __ApiId__: ref(apiId) },
      ),
    },
  });
