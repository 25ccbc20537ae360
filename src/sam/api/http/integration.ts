import { onlyIf } from '../document/calls.ts';
import { ANY_METHOD, type Definition, INTEGRATION, methodName } from '../document/definition.ts';
import { bytes, PyMap } from '../document/python-map.ts';
import { ANY_ROUTE } from '../implicit/kinds.ts';

type Route = readonly [path: string, method: string];

/** Adds the integration of a function, unless there is one: an author's definition may have it. */
export function addHttpIntegration(
  definition: Definition,
  [path, method]: Route,
  { uri, condition }: { readonly uri: PyMap; readonly condition: string | undefined },
): void {
  if (definition.hasIntegration(path, method)) return;
  definition.addPath(path, method);
  const name = methodName(method);
  for (const item of definition.pathItems(path)) {
    const found = item.get(name) ?? null;
    const made = found === null ? definition.map() : found;
    if (!(made instanceof PyMap))
      definition.refuse(['paths', path, name], `the method ${name} of the path ${path} has to be a map`);
    const integration = definition.map();
    integration.set(bytes('type'), bytes('aws_proxy'));
    integration.set(bytes('httpMethod'), bytes('POST'));
    integration.set(bytes('payloadFormatVersion'), bytes('2.0'));
    integration.set(bytes('uri'), condition === undefined ? uri : onlyIf(condition, uri));
    made.set(bytes(INTEGRATION), integration);
    if (path === ANY_ROUTE.path && name === ANY_METHOD) made.set(bytes('isDefaultRoute'), true);
    if (!made.has('responses')) made.set(bytes('responses'), definition.map());
    item.set(name, condition === undefined ? made : onlyIf(condition, made));
  }
}

/** Says of each variable in a path that it is a parameter. */
export function addPathParameters(definition: Definition, [path, method]: Route): void {
  const names = Array.from(path.matchAll(/\{(.*?)\}/g), ([, name = '']) => name);
  if (names.length === 0) return;
  for (const found of definition.integrated(path, method)) {
    const before = found.get('parameters');
    const parameters = Array.isArray(before) ? before : [];
    for (const name of names) {
      const existing = parameters.find((each) => each instanceof PyMap && each.get('name') === name);
      const parameter = existing instanceof PyMap ? existing : definition.map();
      if (parameter !== existing) {
        parameter.set(bytes('name'), name);
        parameters.push(parameter);
      }
      parameter.set(bytes('in'), bytes('path'));
      parameter.set(bytes('required'), true);
    }
    found.set(bytes('parameters'), parameters);
  }
}
