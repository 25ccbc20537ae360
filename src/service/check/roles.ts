import type { TemplatePath } from '../../template/types.ts';
import { closest } from '../../text/closest.ts';
import { logicalId } from '../marshal/ids.ts';
import { isLogicalId } from '../marshal/resource-arns.ts';
import type { Privilege } from '../role-types.ts';
import type { Fault } from '../schema/check.ts';
import type { Service } from '../types.ts';
import type { CheckedFunction } from './facts.ts';

/** A role that is neither an ARN nor a name, or a name that is most likely misspelt. */
export function* roleFaults({ fn: { role }, path }: CheckedFunction, service: Service): Generator<Fault> {
  const at = [...path, 'role'];
  if (typeof role === 'object' && 'privileges' in role) {
    yield* privilegeFaults(service, role.privileges as readonly Privilege[], at);
  }
  if (typeof role !== 'string' || Object.hasOwn(service.roles ?? {}, role)) return;
  if (/^arn:/.test(role)) {
    if (/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(role)) return;
    yield {
      path: at,
      message: `${role} is no ARN of a role`,
      next: 'Write arn:aws:iam::<account>:role/<name>.',
    };
  } else if (!/^[\w+=,.@/-]{1,64}$/.test(role)) {
    yield { path: at, message: `${JSON.stringify(role)} is no name of a role` };
  } else {
    const meant = closest(role, Object.keys(service.roles ?? {}));
    if (meant === undefined) return;
    yield {
      path: at,
      message: `the service defines no role ${role}`,
      next: `Write ${meant} if that is meant.`,
    };
  }
}

/** A resource that is no ARN has to be one of the service's own. */
export function* privilegeFaults(
  { resources = {}, functions = {}, parameters = {} }: Service,
  privileges: readonly Privilege[] | undefined,
  path: TemplatePath,
): Generator<Fault> {
  const known = [
    ...Object.keys(resources),
    ...Object.keys(functions).map(logicalId),
    ...Object.keys(parameters),
  ];
  for (const [index, { resource }] of (privileges ?? []).entries()) {
    for (const each of Array.isArray(resource) ? resource : [resource]) {
      if (typeof each !== 'string' || /^arn:|^\*$/.test(each)) continue;
      const at = [...path, 'privileges', index, 'resource'];
      if (!isLogicalId(each)) {
        yield {
          path: at,
          message: `${each} is neither an ARN nor a logical ID`,
          next: 'Write an ARN, or the name of one of the resources.',
        };
      } else if (!known.includes(each)) {
        const meant = closest(each, known);
        yield {
          path: at,
          message: `the service has no resource ${each}`,
          next: meant
            ? `Write ${meant} if that is meant.`
            : 'Write an ARN, or the name of one of the resources.',
        };
      }
    }
  }
}
