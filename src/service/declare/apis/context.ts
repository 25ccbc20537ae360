import type { TemplatePath } from '../../../template/types.ts';
import type { AccessLogs, ApiBase, Throttling } from '../../api-types.ts';
import type { Data } from '../../values.ts';
import { addOutput, addResource, type Draft, permission, setResource } from '../draft.ts';
import { type Callee, calleeIn } from '../functions.ts';
import { pascal, shortHash } from '../identifiers.ts';
import { getAtt, ref, sub } from '../resources.ts';

/** An API that is being marshalled. */
export interface ApiContext {
  readonly draft: Draft;
  readonly path: TemplatePath;
  /** Logical ID of the API, which names of its other resources begin with. */
  readonly id: string;
  readonly name: string;
}

/** The long form of a route that may be the name of a function. */
export const longForm = <Route extends { readonly function: string }>(
  route: string | Route,
): Route | { readonly function: string } => (typeof route === 'string' ? { function: route } : route);

/** The function that a route calls, which is told that it may be called by this API. */
export function routeCallee(
  context: ApiContext,
  path: TemplatePath,
  route: { readonly function: string; readonly alias?: string },
): Callee | undefined {
  const { draft, id } = context;
  const callee = calleeIn(draft, path, route.function, route.alias);
  if (!callee) return undefined;
  const permissionId = `${id}${targetName(callee, route.alias)}Permission`;
  if (!draft.resources.has(permissionId)) {
    const source = { arn: executeArn(id, '*'), arnOnly: true };
    setResource(draft, permissionId, permission(callee.arn, 'apigateway.amazonaws.com', source));
  }
  return callee;
}

/** What integrations and permissions of a function are called. */
export const targetName = ({ id }: Callee, alias: string | undefined): string =>
  `${id}${pascal(alias ?? '')}`;

/** ARN of what is called below an API. */
export const executeArn = (api: string, rest: Data): Data =>
  sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/${Rest}', {
    Api: ref(api),
    Rest: rest,
  });

/** Letters and digits of a route, with a hash where letters and digits do not tell it from others. */
export const routeName = (route: string): string => {
  const words = pascal(route.replace(/^([A-Z]+) /, (_, method: string) => `${method.toLowerCase()} `));
  return /^[A-Z]+ (\/[a-zA-Z0-9]+)+$/.test(route) || /^\$[a-z]+$/.test(route)
    ? words
    : `${words}${shortHash(route)}`;
};

export const throttle = ({ rate, burst }: Throttling): Record<string, Data> => ({
  ThrottlingRateLimit: rate,
  ThrottlingBurstLimit: burst,
});

/** Fields of an access log by kind of API. Source: API Gateway Developer Guide, "Variables for access logging". */
const FIELDS = {
  http: ['routeKey', 'status', 'responseLatency', 'integrationErrorMessage'],
  rest: ['resourcePath', 'status', 'responseLatency', 'integrationErrorMessage'],
  websocket: ['routeKey', 'eventType', 'connectionId', 'status', 'integrationErrorMessage'],
} as const;

/** The log group of an API, and the property of the stage that names it. */
export function accessLogs(
  { draft, id }: ApiContext,
  kind: keyof typeof FIELDS,
  { accessLogs: wanted }: ApiBase,
): Data | undefined {
  if (!wanted) return undefined;
  const { retention, format }: AccessLogs = wanted === true ? {} : wanted;
  const group = addResource(draft, `${id}LogGroup`, {
    Type: 'AWS::Logs::LogGroup',
    Properties: { ...(retention !== undefined && { RetentionInDays: retention }) },
  });
  const fields = ['requestId', 'requestTimeEpoch', 'identity.sourceIp', ...FIELDS[kind]];
  const entries = fields.map((field) => [field.split('.').at(-1), `$context.${field}`]);
  return {
    DestinationArn: getAtt(group, 'Arn'),
    Format: format ?? JSON.stringify(Object.fromEntries(entries)),
  };
}

/** The addresses of an API as outputs. */
export function addUrls(
  { draft, id, name }: ApiContext,
  { domain }: ApiBase,
  scheme: string,
  url: Data,
): void {
  addOutput(draft, `${id}Url`, { Description: `Address of the API ${name}`, Value: url });
  if (!domain) return;
  addOutput(draft, `${id}DomainUrl`, {
    Description: `Address of the API ${name} at its own domain`,
    Value: `${scheme}://${domain.name}${domain.basePath === undefined ? '' : `/${domain.basePath}`}`,
  });
}
