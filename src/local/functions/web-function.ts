import { WEB_RUNTIMES } from '../../runtimes.ts';
import { isObject, type Json, type JsonObject, type Template } from '../../template/types.ts';
import type { LocalFunction } from './function.ts';
import { mapOf, propertiesOf, type Resolve, resolveEnvironment, text } from './resolve.ts';

/** Types that have the code of a web function. */
export const isWebType = (type: Json | undefined): boolean =>
  type === 'AWS::Serverless::WebFunction' || type === 'AWS::Lambda::WebFunctionRevision';

/** MB that a process of a web function has; nobody chooses. Source: Lambda developer guide, "Lambda quotas". */
const MEMORY = 2048;
/** Where nothing else is set. Source: Lambda Web API reference, `ServiceConfig`. */
const DEFAULTS = { timeout: 30, concurrency: 64 };
const ENTRY = 'AWS_LAMBDA_NODEJS_ENTRYPOINT';
const DEFAULT_ENTRY = 'index.js';

/** What properties say of a web function. */
export type WebFunction = Pick<
  LocalFunction,
  'logicalId' | 'name' | 'runtime' | 'handler' | 'environment' | 'timeout' | 'memory' | 'web'
>;

interface Scope {
  readonly template: Template;
  readonly resolve: Resolve;
}

/** Reads SAM's type, or a revision with the web function and the endpoint that it belongs to. */
export const webSettings = (logicalId: string, properties: JsonObject, scope: Scope): WebFunction =>
  mapOf(scope.template.Resources[logicalId]).Type === 'AWS::Serverless::WebFunction'
    ? ofSam(logicalId, properties, scope)
    : ofRevision(logicalId, properties, scope);

function ofSam(logicalId: string, properties: JsonObject, { resolve }: Scope): WebFunction {
  const plain = mapOf(resolve({ ...properties, EnvironmentVariables: null }));
  const variables = resolveEnvironment(properties.EnvironmentVariables, resolve);
  return {
    logicalId,
    name: text(plain.FunctionName ?? logicalId),
    runtime: text(plain.Runtime ?? WEB_RUNTIMES[0]),
    handler: text(plain.EntryPoint ?? variables[ENTRY] ?? DEFAULT_ENTRY),
    environment: variables,
    timeout: Number(plain.Timeout ?? DEFAULTS.timeout),
    memory: MEMORY,
    web: {
      endpointName: text(plain.EndpointName ?? 'prod'),
      iam: plain.AuthType !== 'ApplicationManaged',
      concurrency: Number(plain.MaxConcurrencyPerEnvironment ?? DEFAULTS.concurrency),
    },
  };
}

function ofRevision(revision: string, properties: JsonObject, scope: Scope): WebFunction {
  const { resolve } = scope;
  const service = mapOf(properties.ServiceConfig);
  const plain = mapOf(resolve({ ...service, EnvironmentVariables: null }));
  const variables = resolveEnvironment(service.EnvironmentVariables, resolve);
  const owner = ownerOf(properties.FunctionName, scope);
  const endpoint = endpointOf(properties.FunctionName, revision, scope);
  return {
    // With several revisions, each is meant by its own name.
    logicalId: owner && isOnly(owner, scope) ? owner : revision,
    name: text((owner && resolve(propertiesOf(scope.template, owner).FunctionName ?? owner)) ?? revision),
    runtime: text(resolve(mapOf(mapOf(properties.BuildConfig).RuntimeConfig).Runtime ?? WEB_RUNTIMES[0])),
    handler: variables[ENTRY] ?? DEFAULT_ENTRY,
    environment: variables,
    timeout: Number(plain.TimeoutSeconds ?? DEFAULTS.timeout),
    memory: MEMORY,
    web: {
      endpointName: text(resolve(endpoint.EndpointName ?? '')),
      iam: resolve(endpoint.AuthType ?? '') !== 'ApplicationManaged',
      concurrency: Number(plain.MaxConcurrencyPerEnvironment ?? DEFAULTS.concurrency),
    },
  };
}

const resourcesOf = ({ template }: Scope, type: string): string[] =>
  Object.entries(template.Resources).flatMap(([id, resource]) => (mapOf(resource).Type === type ? [id] : []));

/** The web function that a name means: a reference to it, or the same name. */
function ownerOf(name: Json | undefined, scope: Scope): string | undefined {
  const owners = resourcesOf(scope, 'AWS::Lambda::WebFunction');
  const referred = referredId(name);
  if (referred !== undefined) return owners.includes(referred) ? referred : undefined;
  return owners.find((id) => isSame(propertiesOf(scope.template, id).FunctionName, name, scope));
}

/** `Ref`, or an attribute: its name and its ARN both say which. */
function referredId(value: Json | undefined): string | undefined {
  const { Ref, 'Fn::GetAtt': attribute } = mapOf(value);
  const id = Ref ?? (Array.isArray(attribute) ? attribute[0] : attribute);
  return typeof id === 'string' ? id.split('.')[0] : undefined;
}

const isSame = (a: Json | undefined, b: Json | undefined, { resolve }: Scope): boolean =>
  a !== undefined && b !== undefined && text(resolve(a)) === text(resolve(b));

const isOnly = (owner: string, scope: Scope): boolean =>
  resourcesOf(scope, 'AWS::Lambda::WebFunctionRevision').filter(
    (id) => ownerOf(propertiesOf(scope.template, id).FunctionName, scope) === owner,
  ).length === 1;

/** The endpoint that serves a revision, else one of its web function; none is closed. */
function endpointOf(name: Json | undefined, revision: string, scope: Scope): JsonObject {
  const owner = ownerOf(name, scope);
  const endpoints = resourcesOf(scope, 'AWS::Lambda::WebFunctionEndpoint')
    .map((id) => propertiesOf(scope.template, id))
    .filter(({ FunctionName }) =>
      owner === undefined ? isSame(FunctionName, name, scope) : ownerOf(FunctionName, scope) === owner,
    );
  const serves = ({ RevisionWeights }: JsonObject): boolean =>
    Array.isArray(RevisionWeights) &&
    RevisionWeights.some((each) => isObject(each) && referredId(each.RevisionId) === revision);
  return endpoints.find(serves) ?? endpoints[0] ?? {};
}
