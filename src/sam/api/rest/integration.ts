import type { JsonObject } from '../../../template/types.ts';
import { onlyIf } from '../document/calls.ts';
import { INTEGRATION, methodName } from '../document/definition.ts';
import { bytes, listed, PyMap, type PyValue } from '../document/python-map.ts';
import type { RestEdit } from './editor.ts';

/** Where something is added to a definition. */
export interface IntegratedRoute {
  readonly path: string;
  readonly method: string;
  /** The condition of the function or state machine. */
  readonly condition: string | undefined;
}

/** Adds the integration of a function. */
export function addLambdaIntegration(
  { definition }: RestEdit,
  route: IntegratedRoute,
  integration: {
    readonly uri: PyMap;
    readonly isStreamed: boolean;
    readonly credentials: PyValue | undefined;
  },
): void {
  const { uri, isStreamed, credentials } = integration;
  addIntegration(definition, route, (made) => {
    made.set(bytes('type'), bytes('aws_proxy'));
    made.set(bytes('httpMethod'), bytes('POST'));
    made.set(bytes('uri'), route.condition === undefined ? uri : onlyIf(route.condition, uri));
    if (isStreamed) made.set(bytes('responseTransferMode'), bytes('STREAM'));
    if (credentials !== undefined) made.set(bytes('credentials'), credentials);
    return () => definition.map();
  });
}

/** Adds an integration that starts a state machine. */
export function addStateMachineIntegration(
  { definition }: RestEdit,
  route: IntegratedRoute,
  integration: { readonly uri: PyMap; readonly role: PyMap; readonly template: PyMap },
): void {
  const { uri, role, template } = integration;
  const byStatus = (key: string, texts: Readonly<Record<string, string>>): PyMap => {
    const map = definition.map();
    for (const status in texts) map.set(bytes(status), listed({ [key]: bytes(texts[status] ?? '') }));
    return map;
  };
  addIntegration(definition, route, (made) => {
    made.set(bytes('type'), bytes('aws'));
    made.set(bytes('httpMethod'), bytes('POST'));
    made.set(bytes('uri'), route.condition === undefined ? uri : onlyIf(route.condition, uri));
    made.set(bytes('responses'), byStatus('statusCode', { 200: '200', 400: '400' }));
    made.set(bytes('credentials'), role);
    return () => {
      made.update({ requestTemplates: template });
      return byStatus('description', { 200: 'OK', 400: 'Bad Request' });
    };
  });
}

/** @param fill fills in an integration; what it returns makes the responses of the method */
function addIntegration(
  definition: RestEdit['definition'],
  { path, method, condition }: IntegratedRoute,
  fill: (integration: PyMap) => () => PyMap,
): void {
  definition.addPath(path, method);
  const name = methodName(method);
  for (const item of definition.pathItems(path)) {
    const made = item.get(name);
    if (!(made instanceof PyMap))
      definition.refuse(['paths', path, name], `the method ${name} of the path ${path} has to be a map`);
    const integration = definition.map();
    made.set(bytes(INTEGRATION), integration);
    const responses = fill(integration)();
    if (!made.has('responses')) made.set(bytes('responses'), responses);
    if (condition !== undefined) item.set(name, onlyIf(condition, made));
  }
}

/** The credentials that AWS_IAM invokes a function with; none where the author wants none. */
export function credentialsOf(
  auth: { readonly event: JsonObject; readonly api: JsonObject },
  { definition }: RestEdit,
  partition: string,
): PyValue | undefined {
  const { event, api } = auth;
  const isIam =
    event.Authorizer === 'AWS_IAM' ||
    (api.DefaultAuthorizer === 'AWS_IAM' && Object.keys(event).length === 0);
  if (!isIam) return undefined;
  const role = roleOf(event) ?? roleOf(api) ?? 'CALLER_CREDENTIALS';
  if (role === 'NONE') return undefined;
  return role === 'CALLER_CREDENTIALS' ? bytes(`arn:${partition}:iam::*:user/*`) : definition.authored(role);
}

/** A role; one that is empty stands for none at all. */
function roleOf(auth: JsonObject): JsonObject[string] | undefined {
  if (!Object.hasOwn(auth, 'InvokeRole')) return undefined;
  const role = definitionRole(auth.InvokeRole);
  return role ?? 'NONE';
}

const definitionRole = (role: JsonObject[string] | undefined): JsonObject[string] | undefined =>
  role === undefined || role === null || role === '' ? undefined : role;
