import { LIMITS } from '../../limits.ts';
import { isFunctionCall } from '../../template/intrinsics.ts';
import type { TemplatePath } from '../../template/types.ts';
import { closest } from '../../text/closest.ts';
import type { FunctionDefinition } from '../function-types.ts';
import { logicalId } from '../marshal/ids.ts';
import { namedResources } from '../marshal/named-arns.ts';
import { aliasId } from '../marshal/published.ts';
import { webIds } from '../marshal/web-function.ts';
import type { Fault } from '../schema/check.ts';
import type { Service } from '../types.ts';
import type { CheckedFunction } from './facts.ts';

/** Names that become the same logical ID. */
export function* equalIds({
  functions = {},
  web = {},
  roles = {},
  resources = {},
}: Service): Generator<Fault> {
  const owners = new Map<string, string>();
  const named: readonly (readonly [TemplatePath, string])[] = [
    ...Object.keys(resources).map((name) => [['resources', name], name] as const),
    ...Object.entries(functions).flatMap(([name, fn]) => functionIds(name, fn)),
    ...Object.entries(web).flatMap(([name, each]) =>
      webIds(name, each).map((id) => [['web', name], id] as const),
    ),
    ...Object.keys(roles).map((name) => [['roles', name], `${logicalId(name)}Role`] as const),
  ];
  /**
   * Functions and roles whose name is taken. The IDs that start with it are taken as well; that need not be reported.
   */
  const told = new Set<string>();
  for (const [path, id] of named) {
    const owner = owners.get(id);
    const name = path.slice(0, 2).join('.');
    if (owner === undefined) owners.set(id, path.join('.'));
    else if (!told.has(name)) {
      told.add(name);
      yield {
        path,
        message: `its logical ID is ${id}, which is that of ${owner}, too`,
        next: 'Rename one of them.',
      };
    }
  }
}

/** The logical IDs that a function takes, each with the field that asks for it. */
function functionIds(name: string, fn: FunctionDefinition): (readonly [TemplatePath, string])[] {
  const path = ['functions', name];
  const id = logicalId(name);
  const ownRole = fn.role === undefined || (typeof fn.role === 'object' && !isFunctionCall(fn.role));
  return [
    [path, id],
    ...(ownRole ? [[path, `${id}Role`] as const] : []),
    ...(fn.logging?.group === undefined ? [[path, `${id}LogGroup`] as const] : []),
    ...(fn.url ? [[[...path, 'url'], `${id}Url`] as const] : []),
    ...Object.keys(fn.aliases ?? {}).map(
      (alias) => [[...path, 'aliases', alias], aliasId(id, alias)] as const,
    ),
  ];
}

/** A physical name that Lambda does not take. */
export function* nameFaults(
  { name, fn, path }: CheckedFunction,
  { name: service }: Service,
): Generator<Fault> {
  const physical = fn.functionName ?? `${service}-${name}`;
  if (typeof physical !== 'string' || physical.length <= LIMITS.function.name) return;
  yield {
    path: fn.functionName === undefined ? path : [...path, 'functionName'],
    message: `${physical} has ${physical.length} characters; names of functions have at most ${LIMITS.function.name}`,
    next: 'Set functionName to a shorter one.',
  };
}

/** Fields that may name a resource of the service by its logical ID. */
export function* namedFaults({ fn, path }: CheckedFunction, service: Service): Generator<Fault> {
  const { resources = {}, capacityProviders = {}, decorators, hooks } = service;
  // Code may add resources that cannot be known yet: the finished template is checked again.
  if (decorators || fn.decorators || hooks?.postMarshall) return;
  for (const [field, id] of namedResources(fn, service)) {
    const known = [
      ...Object.keys(resources),
      ...(field === 'capacityProvider' ? Object.keys(capacityProviders) : []),
    ];
    if (known.includes(id)) continue;
    const meant = closest(id, known);
    yield {
      path: [...path, field],
      message: `the service has no resource ${id}`,
      next: meant ? `Write ${meant} if that is meant.` : 'Write an ARN, or the name of one of the resources.',
    };
  }
}

/** Entries of `dependsOn` that are no resource. */
export function* dependencyFaults(
  { fn, path }: CheckedFunction,
  { resources = {}, functions = {}, decorators, hooks }: Service,
): Generator<Fault> {
  const known = [
    ...Object.keys(resources),
    ...Object.keys(functions),
    ...Object.keys(functions).map(logicalId),
  ];
  // Code may add resources that cannot be known yet: the finished template is checked again.
  if (decorators || fn.decorators || hooks?.postMarshall) return;
  for (const [index, name] of (fn.dependsOn ?? []).entries()) {
    if (known.includes(name)) continue;
    const meant = closest(name, known);
    yield {
      path: [...path, 'dependsOn', index],
      message: `the service has no resource ${name}`,
      next: meant ? `Write ${meant} if that is meant.` : 'Name a logical ID of resources.',
    };
  }
}
