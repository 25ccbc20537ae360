import {
  isObject,
  type Json,
  type JsonObject,
  type Template,
  type TemplatePath,
} from '../../template/types.ts';
import { type Declared, declare, type Names } from '../declare/index.ts';
import type { FunctionDefinition } from '../function-types.ts';
import type { Service } from '../types.ts';
import { discoveryInfo } from './discovery.ts';
import { type Contribution, type Fragment, mergeFragments } from './fragment.ts';
import { functionResource } from './function.ts';
import { functionCode } from './handler.ts';
import { logicalId } from './ids.ts';
import { withNamedArns } from './named-arns.ts';
import { neededStatements } from './needs.ts';
import { aliasId, publishedResources, publishesVersion } from './published.ts';
import { roleResource } from './role.ts';
import { type HasRole, hasOwnRole, isDefined, ownRole, roleOf } from './role-of.ts';
import type { Statement } from './statement.ts';
import { webFragment, webNeeds } from './web-function.ts';

/** What marshalling has to know besides the definition. */
export interface MarshalContext {
  /** Hash of the archive or image of a function, by its name. */
  readonly codeHashes: ReadonlyMap<string, string>;
  /** ARNs of the roles that exist, by what the definition calls them; those that could not be asked for are left out. */
  readonly roleArns: ReadonlyMap<string, string>;
}

/** Where in the template the code of a function goes. */
export const codePath = (name: string, kind: 'zip' | 'image'): TemplatePath => [
  'Resources',
  logicalId(name),
  'Properties',
  'Code',
  ...(kind === 'image' ? ['ImageUri'] : []),
];

/** Names and ARNs of roles that the functions and web functions use and the service does not define. */
export function externalRoles(service: Service): string[] {
  const users: readonly HasRole[] = [
    ...Object.values(service.functions ?? {}),
    ...Object.values(service.web ?? {}),
  ];
  const roles = users.map(({ role }) => role);
  const named = roles.filter((role): role is string => typeof role === 'string' && !isDefined(service, role));
  return [...new Set(named)].sort();
}

/**
 * The CloudFormation template of a service, as a pure function: the same definition gives the same template. Code stays
 * open; see {@link codePath}.
 *
 * @throws ProblemError when two parts of the service want the same logical ID
 */
export function marshal(given: Service, context: MarshalContext): Template {
  const service = withNamedArns(given);
  const resources = (service.resources ?? {}) as unknown as Record<string, JsonObject>;
  const functions = Object.entries(service.functions ?? {});
  // What a function may refer to: the service's own resources, and its other functions.
  const known: Record<string, JsonObject> = {
    ...resources,
    ...Object.fromEntries(functions.map(([name]) => [logicalId(name), { Type: 'AWS::Lambda::Function' }])),
  };
  const made = functions.map(([name, fn]) => ({
    from: `function ${name}`,
    fragment: functionFragment(name, fn, service, known, context),
  }));
  const versions = versionsOf(made.map(({ fragment }) => fragment));
  const declared = declare(service, namesOf(service, versions));
  const contributions: Contribution[] = [
    { from: 'the service', fragment: headOf(service, declared) },
    ...made,
    ...webFunctions(service, known, context),
    ...sharedRoles(service, known),
    { from: 'what the service declares', fragment: declaredFragment(service, declared) },
  ];
  return mergeFragments(contributions);
}

/** Logical IDs of published versions by those of their functions. */
const versionsOf = (fragments: readonly Fragment[]): ReadonlyMap<string, string> =>
  new Map(
    fragments.flatMap(({ Resources }) =>
      Object.entries(Resources).flatMap(([id, { Type, Properties }]) =>
        Type === 'AWS::Lambda::Version' && isObject(Properties) && isObject(Properties.FunctionName)
          ? [[String(Properties.FunctionName.Ref), id] as const]
          : [],
      ),
    ),
  );

/** What declarations are told of functions. */
function namesOf(service: Service, versions: ReadonlyMap<string, string>): Names {
  const definition = (name: string): FunctionDefinition => service.functions?.[name] ?? {};
  return {
    functionId: logicalId,
    aliasId: (name, alias) => aliasId(logicalId(name), alias),
    versionId: (name) => versions.get(logicalId(name)),
    roleId: (name) => {
      const fn = definition(name);
      if (hasOwnRole(fn)) return `${logicalId(name)}Role`;
      return typeof fn.role === 'string' && isDefined(service, fn.role)
        ? `${logicalId(fn.role)}Role`
        : undefined;
    },
    logGroup: (name) => definition(name).logging?.group ?? { Ref: `${logicalId(name)}LogGroup` },
  };
}

/**
 * What is wrong, or may be, with the declarations of a service.
 */
export function declarationFindings(service: Service): Pick<Declared, 'faults' | 'warnings'> {
  const published = Object.entries(service.functions ?? {}).filter(([, fn]) => publishesVersion(fn));
  const versions = new Map(published.map(([name]) => [logicalId(name), `${logicalId(name)}Version`]));
  return declare(service, namesOf(service, versions));
}

/** Archives that declarations need. */
export const declaredAssets = (service: Service): Declared['assets'] =>
  declare(service, namesOf(service, new Map())).assets;

/** The service's own resources are in its own part of the template. */
function declaredFragment({ resources = {} }: Service, declared: Declared): Fragment {
  const added = Object.entries(declared.resources).filter(([id]) => !Object.hasOwn(resources, id));
  return { Resources: Object.fromEntries(added), Outputs: declared.outputs } as unknown as Fragment;
}

function headOf(service: Service, declared: Declared): Fragment {
  const { description, parameters, mappings, conditions, outputs } = service;
  const sections = {
    ...(description !== undefined && { Description: description }),
    ...(parameters && { Parameters: parameters }),
    ...(mappings && { Mappings: mappings }),
    ...(conditions && { Conditions: conditions }),
    Resources: Object.fromEntries(
      Object.keys(service.resources ?? {}).map((id) => [id, declared.resources[id]]),
    ),
    ...(outputs && { Outputs: outputs }),
  };
  return sections as unknown as Fragment;
}

function functionFragment(
  name: string,
  fn: FunctionDefinition,
  service: Service,
  known: Readonly<Record<string, JsonObject>>,
  { codeHashes, roleArns }: MarshalContext,
): Fragment {
  const id = logicalId(name);
  const code = functionCode(fn);
  if ('message' in code) return { Resources: {} };
  const ownLogs = fn.logging?.group === undefined;
  const logGroup = ownLogs ? { Ref: `${id}LogGroup` } : (fn.logging.group as Json);
  const dependsOn = (fn.dependsOn ?? []).map((each) => idOf(each, service));
  const resource = functionResource(fn, {
    code,
    name: functionName(name, fn),
    role: roleOf(id, fn, service, roleArns),
    logGroup,
    discovery: isEdge(fn) ? undefined : discoveryInfo(dependsOn, known),
    // Waits for a resource that is known; code may add others later.
    dependsOn: dependsOn.filter((each) => !Object.hasOwn(known, each)),
  });
  const published = publishedResources(id, fn, resource, codeHashes.get(name) ?? '');
  return {
    ...published,
    Resources: {
      ...(ownLogs && { [`${id}LogGroup`]: logGroupResource(name, fn) }),
      ...(hasOwnRole(fn) && {
        [`${id}Role`]: roleResource(ownRole(fn), needsOf(name, fn), known, trusted(fn)),
      }),
      [id]: resource,
      ...published.Resources,
    },
  };
}

/** A dependency may be named as a function is, or by its logical ID. */
const idOf = (name: string, { functions = {} }: Service): string =>
  Object.hasOwn(functions, name) ? logicalId(name) : name;

/** The physical name: as the definition says, else `<stack>-<name>`. */
export const functionName = (name: string, fn: FunctionDefinition): Json =>
  (fn.functionName as Json | undefined) ?? { 'Fn::Sub': `\${AWS::StackName}-${name}` };

/** Roles that functions share: each has what all of them need. */
function sharedRoles(service: Service, known: Readonly<Record<string, JsonObject>>): Contribution[] {
  return Object.entries(service.roles ?? {}).map(([name, role]) => {
    const users = Object.entries(service.functions ?? {}).filter(([, fn]) => fn.role === name);
    const web = Object.entries(service.web ?? {}).filter(([, each]) => each.role === name);
    const needed = [
      ...users.flatMap(([user, fn]) => needsOf(user, fn)),
      ...web.flatMap(([user, each]) => webNeeds(user, each)),
    ];
    return {
      from: `role ${name}`,
      fragment: {
        Resources: {
          [`${logicalId(name)}Role`]: roleResource(
            role,
            needed,
            known,
            trusted(...users.map(([, fn]) => fn)),
          ),
        },
      },
    };
  });
}

function webFunctions(
  service: Service,
  known: Readonly<Record<string, JsonObject>>,
  { roleArns }: MarshalContext,
): Contribution[] {
  return Object.entries(service.web ?? {}).map(([name, web]) => ({
    from: `web function ${name}`,
    fragment: webFragment(name, web, {
      known,
      role: roleOf(logicalId(name), web, service, roleArns),
      dependsOn: (web.dependsOn ?? []).map((each) => idOf(each, service)),
    }),
  }));
}

/** CloudFront copies the function, which may have no environment then. */
const isEdge = ({ events = [] }: FunctionDefinition): boolean =>
  events.some(({ kind }) => kind === 'cloudfront');

/** Lambda, and Lambda@Edge where CloudFront calls one of the functions. */
const trusted = (...functions: readonly FunctionDefinition[]): readonly string[] => [
  'lambda.amazonaws.com',
  ...(functions.some(isEdge) ? ['edgelambda.amazonaws.com'] : []),
];

function needsOf(name: string, fn: FunctionDefinition): Statement[] {
  const id = logicalId(name);
  const group = fn.logging?.group;
  const logGroupArn: Json =
    group === undefined
      ? { 'Fn::GetAtt': [`${id}LogGroup`, 'Arn'] }
      : {
          'Fn::Sub': [
            'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Group}:*',
            { Group: group as Json },
          ],
        };
  return neededStatements(fn, logGroupArn, functionArn(functionName(name, fn)));
}

/** By its name: a reference to the function would make role and function wait for one another. */
const functionArn = (name: Json): Json => ({
  'Fn::Sub': [
    'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Name}',
    { Name: name },
  ],
});

function logGroupResource(name: string, fn: FunctionDefinition): JsonObject {
  const { retention, kmsKey } = fn.logging ?? {};
  const prefix = '/aws/lambda/';
  const named = functionName(name, fn);
  const LogGroupName: Json =
    typeof named === 'string'
      ? `${prefix}${named}`
      : fn.functionName === undefined
        ? { 'Fn::Sub': `${prefix}\${AWS::StackName}-${name}` }
        : { 'Fn::Join': ['', [prefix, named]] };
  return {
    Type: 'AWS::Logs::LogGroup',
    Properties: {
      LogGroupName,
      ...(retention !== undefined && { RetentionInDays: retention }),
      ...(kmsKey !== undefined && { KmsKeyId: kmsKey as Json }),
    },
  };
}
