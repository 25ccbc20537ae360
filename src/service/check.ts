import { posix } from 'node:path';
import { LIMITS } from '../limits.ts';
import type { TemplatePath } from '../template/types.ts';
import { closest } from '../text/closest.ts';
import type { FunctionDefinition } from './function-types.ts';
import { type FunctionCode, functionCode } from './marshal/handler.ts';
import { logicalId } from './marshal/ids.ts';
import { declarationFindings } from './marshal/index.ts';
import { namedResources } from './marshal/named-arns.ts';
import { aliasId } from './marshal/published.ts';
import { isLogicalId } from './marshal/resource-arns.ts';
import type { Privilege } from './role-types.ts';
import { deprecatedFrom, RUNTIMES } from './runtimes.ts';
import { type Fault, isIntrinsic } from './schema/check.ts';
import type { Service } from './types.ts';

/** What only the disk and the calendar know. */
export interface Facts {
  /** What a path, relative to the definition, is. */
  kindOf(path: string): 'file' | 'folder' | undefined;
  /** The day, as `2026-04-30`. */
  readonly today: string;
}

/** Everything in which a definition contradicts itself or the disk; warnings do not stop it. */
export interface Findings {
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
}

/** Checks what the parts of a definition say about one another. */
export function checkService(service: Service, facts: Facts): Findings {
  const functions = Object.entries(service.functions ?? {});
  const each = functions.map(([name, fn]) => ({ path: ['functions', name], name, fn }));
  const declared = declarationFindings(service);
  return {
    faults: [
      ...emptyService(service),
      ...equalIds(service),
      ...each.flatMap(({ path, name, fn }) => [
        ...nameFaults(service, name, fn, path),
        ...codeFaults(fn, path, facts),
        ...runtimeFaults(fn, path, facts),
        ...roleFaults(service, fn, path),
        ...settingFaults(fn, path),
        ...namedFaults(service, fn, path),
        ...dependencyFaults(service, fn, path),
      ]),
      ...Object.entries(service.roles ?? {}).flatMap(([name, role]) => [
        ...privilegeFaults(service, role.privileges, ['roles', name]),
      ]),
      ...archiveFaults(service),
      ...declared.faults,
      ...siteFaults(service, facts),
    ],
    warnings: [
      ...each.flatMap(({ path, fn }) => [...runtimeWarnings(fn, path, facts)]),
      ...declared.warnings,
    ],
  };
}

function* emptyService({ functions = {}, resources = {}, sites = {} }: Service): Generator<Fault> {
  if ([functions, resources, sites].some((each) => Object.keys(each).length > 0)) return;
  yield { path: [], message: 'the service has neither functions nor resources', next: 'Define a function.' };
}

/** Names that become the same logical ID. */
function* equalIds({ functions = {}, roles = {}, resources = {} }: Service): Generator<Fault> {
  const owners = new Map<string, string>();
  const named: readonly (readonly [TemplatePath, string])[] = [
    ...Object.keys(resources).map((name) => [['resources', name], name] as const),
    ...Object.entries(functions).flatMap(([name, fn]) => functionIds(name, fn)),
    ...Object.keys(roles).map((name) => [['roles', name], `${logicalId(name)}Role`] as const),
  ];
  /** What has a name that is taken: the IDs that start with it are, too, which need not be told. */
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
  const ownRole = fn.role === undefined || (typeof fn.role === 'object' && !isIntrinsic(fn.role));
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

function* nameFaults(
  { name: service }: Service,
  name: string,
  fn: FunctionDefinition,
  path: TemplatePath,
): Generator<Fault> {
  const physical = fn.functionName ?? `${service}-${name}`;
  if (typeof physical !== 'string' || physical.length <= LIMITS.function.name) return;
  yield {
    path: fn.functionName === undefined ? path : [...path, 'functionName'],
    message: `${physical} has ${physical.length} characters; names of functions have at most ${LIMITS.function.name}`,
    next: 'Set functionName to a shorter one.',
  };
}

function* codeFaults(fn: FunctionDefinition, path: TemplatePath, { kindOf }: Facts): Generator<Fault> {
  const code = functionCode(fn);
  if ('message' in code) {
    yield { path, ...code };
    return;
  }
  const { build } = fn;
  const at = fn.handler === undefined ? [...path, 'build'] : [...path, 'handler'];
  const wanted: readonly (readonly [
    path: string | undefined,
    kind: 'file' | 'folder' | 'any',
    at: TemplatePath,
  ])[] =
    code.kind === 'go'
      ? [[code.source, 'folder', at]]
      : code.kind === 'node' || code.kind === 'python'
        ? [[code.source, 'file', at]]
        : build?.kind === 'image'
          ? [
              [build.directory, 'folder', [...path, 'build', 'directory']],
              [
                posix.join(build.directory, build.dockerfile ?? 'Dockerfile'),
                'file',
                [...path, 'build', 'dockerfile'],
              ],
            ]
          : build?.kind === 'prebuilt'
            ? [[build.path, 'any', [...path, 'build', 'path']]]
            : [];
  const folder = build && 'directory' in build && build.kind !== 'image' ? build.directory : undefined;
  const checks = [...wanted, [folder, 'folder', [...path, 'build', 'directory']] as const];
  for (const [file, kind, where] of checks) {
    if (file === undefined) continue;
    const found = kindOf(file);
    if (found === undefined) {
      yield {
        path: where,
        message: `there is no ${kind === 'any' ? 'file or folder' : kind} ${file}`,
        next: 'Paths are relative to the definition.',
      };
    } else if (kind !== 'any' && found !== kind) {
      yield { path: where, message: `${file} is a ${found}, but has to be a ${kind}` };
    }
  }
}

/** What each toolchain builds for. */
const FITTING: Partial<Record<FunctionCode['kind'], RegExp>> = {
  go: /^provided/,
  node: /^nodejs/,
  python: /^python/,
};

function* runtimeFaults(fn: FunctionDefinition, path: TemplatePath, { today }: Facts): Generator<Fault> {
  const { runtime } = fn;
  if (runtime === undefined) return;
  if (RUNTIMES.includes(runtime)) {
    const code = functionCode(fn);
    const fits = 'kind' in code ? FITTING[code.kind] : undefined;
    if (!fits || fits.test(runtime)) return;
    yield {
      path: [...path, 'runtime'],
      message: `${runtime} does not run what the handler ${fn.handler ?? ''} is built to`,
      next: 'Leave runtime out, or name one of its language.',
    };
    return;
  }
  const meant = closest(
    runtime,
    RUNTIMES.filter((each) => (deprecatedFrom(each) ?? today) >= today),
  );
  yield {
    path: [...path, 'runtime'],
    message: `there is no runtime ${runtime}`,
    next: meant ? `Write ${meant} if that is meant.` : 'See the list of Lambda runtimes.',
  };
}

function* runtimeWarnings(fn: FunctionDefinition, path: TemplatePath, { today }: Facts): Generator<Fault> {
  const code = functionCode(fn);
  if (!('runtime' in code)) return;
  const date = deprecatedFrom(code.runtime);
  if (date === undefined || date > today) return;
  yield {
    path: [...path, 'runtime'],
    message: `the runtime ${code.runtime} is deprecated since ${date}: Lambda patches it no more, and later refuses to create or update its functions`,
    next: 'Move to a newer one.',
  };
}

function* roleFaults(service: Service, { role }: FunctionDefinition, path: TemplatePath): Generator<Fault> {
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
function* privilegeFaults(
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

function* settingFaults(fn: FunctionDefinition, path: TemplatePath): Generator<Fault> {
  if (fn.timeout !== undefined && fn.timeout > LIMITS.function.timeout && !fn.capacityProvider) {
    yield {
      path: [...path, 'timeout'],
      message: `has to be a whole number from 1 to ${LIMITS.function.timeout}, but is ${fn.timeout}`,
      next: `Only functions on a capacity provider may take longer, up to ${LIMITS.function.managedTimeout}.`,
    };
  }
  const { logging, url, aliases = {}, runtimeManagement, fileSystems, vpc } = fn;
  if (logging?.format !== 'JSON' && (logging?.applicationLevel ?? logging?.systemLevel) !== undefined) {
    yield {
      path: [...path, 'logging'],
      message: 'log levels need the format JSON',
      next: 'Set format: JSON.',
    };
  }
  if (logging?.group !== undefined && (logging.retention ?? logging.kmsKey) !== undefined) {
    yield {
      path: [...path, 'logging'],
      message: 'retention and kmsKey are for a log group of its own, but group names another',
      next: 'Remove one of them.',
    };
  }
  if (typeof url === 'object' && url.alias !== undefined && !Object.hasOwn(aliases, url.alias)) {
    yield {
      path: [...path, 'url', 'alias'],
      message: `the function has no alias ${url.alias}`,
      next: 'Add it to aliases.',
    };
  }
  if (runtimeManagement?.updateOn === 'Manual' && runtimeManagement.runtimeVersionArn === undefined) {
    yield { path: [...path, 'runtimeManagement'], message: 'Manual needs runtimeVersionArn' };
  }
  if (fileSystems && fileSystems.length > 0 && !vpc) {
    yield {
      path: [...path, 'fileSystems'],
      message: 'a file system is reached through a VPC',
      next: 'Set vpc.',
    };
  }
}

/** Fields that may name a resource of the service by its logical ID. */
function* namedFaults(
  { resources = {}, decorators, hooks }: Service,
  fn: FunctionDefinition,
  path: TemplatePath,
): Generator<Fault> {
  // Code may add resources that cannot be known yet: the finished template is checked again.
  if (decorators || fn.decorators || hooks?.postMarshall) return;
  for (const [field, id] of namedResources(fn)) {
    if (Object.hasOwn(resources, id)) continue;
    const meant = closest(id, Object.keys(resources));
    yield {
      path: [...path, field],
      message: `the service has no resource ${id}`,
      next: meant ? `Write ${meant} if that is meant.` : 'Write an ARN, or the name of one of the resources.',
    };
  }
}

function* dependencyFaults(
  { resources = {}, functions = {}, decorators, hooks }: Service,
  fn: FunctionDefinition,
  path: TemplatePath,
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

/** What a command makes need not be there yet. */
function* siteFaults({ sites = {} }: Service, { kindOf }: Facts): Generator<Fault> {
  for (const [name, { folder, command }] of Object.entries(sites)) {
    if (command !== undefined || kindOf(folder) === 'folder') continue;
    yield {
      path: ['sites', name, 'folder'],
      message: `${folder} is no folder`,
      next: 'Name a folder beside the definition, or set command to what makes it.',
    };
  }
}

function* archiveFaults({ functions = {}, hooks }: Service): Generator<Fault> {
  const image = Object.entries(functions).find(([, { build }]) => build?.kind === 'image');
  if (!hooks?.archive || !image) return;
  yield {
    path: ['hooks', 'archive'],
    message: `an image is no archive that a hook could add to, and function ${image[0]} is one`,
    next: 'Add the files in its Dockerfile.',
  };
}
