import type { Json, JsonObject, Template } from '../../../template/types.ts';
import {
  mapOf,
  propertiesOf,
  type Resolve,
  type ResolveOptions,
  resolverOf,
  text,
} from '../../functions/resolve.ts';
import type { Api, RouteTarget } from '../route.ts';

/** A function, or why there is none. */
type FunctionTarget = Extract<RouteTarget, { readonly kind: 'function' | 'unsupported' }>;

/** What readers of routes share: the template, and what its references mean. */
export interface RouteScope {
  readonly template: Template;
  readonly resolve: Resolve;
  /** The same, but resources of the service are what functions are told of them. */
  readonly resolveNamed: Resolve;
  /** Logical ID that a reference (Ref, GetAtt, or text that holds one) points to; undefined when it points to none. */
  logicalIdOf(value: Json | undefined): string | undefined;
  /** The function behind an ARN, an integration URI or a name, with its qualifier. */
  functionOf(
    value: Json | undefined,
    stageVariables?: Readonly<Record<string, string>>,
  ): FunctionReference | undefined;
  /** `[logical ID, properties]` of every resource of a type. */
  resourcesOf(type: string): readonly (readonly [string, JsonObject])[];
}

export interface FunctionReference {
  readonly logicalId: string;
  readonly qualifier?: string;
}

export function routeScope(template: Template, options: ResolveOptions): RouteScope {
  // Physical ids would hide which resource of the template is meant.
  const resolve = resolverOf(template, { ...options, physicalIds: undefined });
  const functionTypes = ['AWS::Lambda::Function', 'AWS::Serverless::Function'];
  const names = new Map<string, string>();
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    if (!functionTypes.includes(text(mapOf(resource).Type ?? ''))) continue;
    names.set(text(resolve({ Ref: logicalId })), logicalId);
    names.set(logicalId, logicalId);
  }
  return {
    template,
    resolve,
    resolveNamed: resolverOf(template, options),
    logicalIdOf: (value) => /unresolved-([A-Za-z0-9]+)/.exec(text(resolve(value ?? '')))?.[1],
    functionOf(value, stageVariables = {}) {
      const uri = text(resolve(value ?? '')).replace(
        /\$\{stageVariables\.(\w+)\}/g,
        (_, name: string) => stageVariables[name] ?? '',
      );
      const [, name = uri, qualifier] = /function:([^:/]+)(?::([^:/]+))?/.exec(uri) ?? [];
      const logicalId = names.get(name);
      return logicalId === undefined
        ? undefined
        : { logicalId, ...(qualifier !== undefined && { qualifier }) };
    },
    resourcesOf: (type) =>
      Object.entries(template.Resources)
        .filter(([, resource]) => mapOf(resource).Type === type)
        .map(([logicalId]) => [logicalId, propertiesOf(template, logicalId)] as const),
  };
}

/** The target of a Lambda integration, or why it is none. */
export function functionTarget(
  scope: RouteScope,
  uri: Json | undefined,
  api: Api,
  streaming = false,
): FunctionTarget {
  const found = scope.functionOf(uri, api.stageVariables);
  if (!found)
    return {
      kind: 'unsupported',
      reason: `no function of this template is at ${text(scope.resolve(uri ?? ''))}`,
    };
  return { kind: 'function', ...found, ...(streaming && { streaming }) };
}

/** Every value of a map as text. */
export function textMap(scope: Pick<RouteScope, 'resolve'>, value: Json | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mapOf(scope.resolve(value ?? {}))).map(([key, item]) => [key, text(item)]),
  );
}

/** The same, where queues, topics and machines are what functions are told of them. */
export const namedTexts = (scope: RouteScope, value: Json | undefined): Record<string, string> =>
  textMap({ ...scope, resolve: scope.resolveNamed }, value);

/** An address with its stage's variables in it; those that the stage does not have are left. */
export const withStageVariables = (
  address: string,
  { stageVariables }: Pick<Api, 'stageVariables'>,
): string =>
  address.replace(/\$\{stageVariables\.(\w+)\}/g, (whole, name: string) => stageVariables[name] ?? whole);

/** A list of texts; a text alone is a list of one, or of what commas separate. */
export function textList(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.map(text);
  return value === undefined || value === null
    ? []
    : text(value)
        .split(',')
        .map((item) => item.trim());
}

/** Values of `Cors` (SAM), `CorsConfiguration` and `Cors` of function URLs, whatever their spelling. */
export function corsOf(scope: RouteScope, value: Json | undefined): Api['cors'] {
  const resolved = scope.resolve(value ?? null);
  if (resolved === true)
    return {
      allowOrigins: ['*'],
      allowMethods: ['*'],
      allowHeaders: ['*'],
      exposeHeaders: [],
      allowCredentials: false,
    };
  if (resolved === null || resolved === false) return undefined;
  const cors = Object.fromEntries(
    Object.entries(mapOf(resolved)).map(([key, item]) => [key.toLowerCase(), item]),
  );
  return {
    allowOrigins: textList(cors.alloworigins),
    allowMethods: textList(cors.allowmethods),
    allowHeaders: textList(cors.allowheaders),
    exposeHeaders: textList(cors.exposeheaders ?? cors.exposedheaders),
    allowCredentials: cors.allowcredentials === true || cors.allowcredentials === 'true',
    ...(cors.maxage !== undefined && { maxAge: Number(cors.maxage) }),
  };
}

export const apiOf = (api: Partial<Api> & Pick<Api, 'kind' | 'logicalId'>): Api => ({
  stage: '$default',
  stageVariables: {},
  binaryMediaTypes: [],
  ...api,
});

/** `'1.0'` or `'2.0'`, also from a number that YAML made of it. */
export const payloadVersionOf = (value: Json | undefined, otherwise: '1.0' | '2.0'): '1.0' | '2.0' =>
  value === undefined ? otherwise : Number(text(value)) === 1 ? '1.0' : '2.0';
