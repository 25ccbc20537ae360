import { isObject, type Json, type JsonObject, own, type Template } from '../../template/types.ts';
import { attributeOf } from './attributes.ts';

/** What references in a template stand for on this machine. */
export interface ResolveOptions {
  readonly parameters?: Readonly<Record<string, string>>;
  /** Physical ids of the deployed stack by logical ID (`resolve: deployed`). */
  readonly physicalIds?: Readonly<Record<string, string>>;
  readonly region?: string;
  readonly account?: string;
  readonly stackName?: string;
  /** What other stacks export, by name. */
  readonly imports?: Readonly<Record<string, string>>;
  /** What nested stacks give back, by the logical ID of the stack and the name of the output. */
  readonly outputs?: (logicalId: string, name: string) => Json | undefined;
}

/**
 * Evaluates the intrinsic functions of a value. What can't be known here becomes a clear placeholder:
 * `unresolved-OrdersTable`, `unresolved-OrdersTable.StreamArn`.
 */
export type Resolve = (value: Json) => Json;

/** The account and region that are used when nothing says which; the account is AWS's documentation example. */
export const defaultAccount = '123456789012';
export const defaultRegion = 'us-east-1';

type Intrinsic = (argument: Json, evaluate: Resolve, scope: Scope) => Json;

interface Scope {
  readonly template: Template;
  readonly options: ResolveOptions;
  /** Conditions that are being evaluated, so that a circle ends. */
  readonly conditions: Set<string>;
}

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, _, scope) => reference(text(name), scope),
  'Fn::GetAtt': (argument, _, scope) => {
    const path = Array.isArray(argument) ? argument.map(text).join('.') : text(argument);
    const dot = path.indexOf('.');
    return attribute(path.slice(0, dot), path.slice(dot + 1), scope);
  },
  'Fn::Sub': (argument, evaluate, scope) => {
    const [template, variables] = Array.isArray(argument) ? argument : [argument];
    const given = mapOf(variables);
    return text(template ?? '').replace(
      /\$\{(!?)\s*([^}]+?)\s*\}/g,
      (_whole, literal: string, name: string) => {
        if (literal) return `\${${name}}`;
        const value = own(given, name);
        if (value !== undefined) return text(evaluate(value));
        const dot = name.indexOf('.');
        return text(
          dot < 0 ? reference(name, scope) : attribute(name.slice(0, dot), name.slice(dot + 1), scope),
        );
      },
    );
  },
  'Fn::Join': (argument, evaluate) => {
    const [separator, list] = pair(argument);
    const items = evaluate(list);
    return Array.isArray(items) ? items.map(text).join(text(separator)) : text(items);
  },
  'Fn::Split': (argument, evaluate) => {
    const [separator, source] = pair(argument);
    return text(evaluate(source)).split(text(separator));
  },
  'Fn::Select': (argument, evaluate) => {
    const [index, list] = pair(argument);
    const items = evaluate(list);
    return (Array.isArray(items) ? items[Number(text(evaluate(index)))] : undefined) ?? '';
  },
  'Fn::Base64': (argument, evaluate) => Buffer.from(text(evaluate(argument))).toString('base64'),
  'Fn::FindInMap': (argument, evaluate, { template }) => {
    const [map, first, second] = (Array.isArray(argument) ? argument : []).map((part) =>
      text(evaluate(part)),
    );
    return at(at(at(template.Mappings, map), first), second) ?? `unresolved-${map}.${first}.${second}`;
  },
  'Fn::If': (argument, evaluate, scope) => {
    const [name, yes, no] = Array.isArray(argument) ? argument : [];
    return evaluate((condition(text(name ?? ''), evaluate, scope) ? yes : no) ?? '');
  },
  'Fn::ImportValue': (argument, evaluate, { options }) => {
    const name = text(evaluate(argument));
    return own(options.imports ?? {}, name) ?? `unresolved-${name}`;
  },
  'Fn::GetAZs': (_argument, _evaluate, scope) => ['a', 'b', 'c'].map((zone) => regionOf(scope) + zone),
  'Fn::Equals': (argument, evaluate) => {
    const [left, right] = pair(argument);
    return text(evaluate(left)) === text(evaluate(right));
  },
  'Fn::And': (argument, evaluate) =>
    Array.isArray(argument) && argument.every((part) => evaluate(part) === true),
  'Fn::Or': (argument, evaluate) =>
    Array.isArray(argument) && argument.some((part) => evaluate(part) === true),
  'Fn::Not': (argument, evaluate) => evaluate(pair(argument)[0]) !== true,
  Condition: (argument, evaluate, scope) => condition(text(argument), evaluate, scope),
  'Fn::Length': (argument, evaluate) => {
    const list = evaluate(argument);
    return Array.isArray(list) ? list.length : 0;
  },
  'Fn::ToJsonString': (argument, evaluate) => JSON.stringify(evaluate(argument)),
};

export function resolverOf(template: Template, options: ResolveOptions = {}): Resolve {
  const scope: Scope = { template, options, conditions: new Set() };
  const resolve: Resolve = (value) => {
    if (Array.isArray(value)) return value.map(resolve).filter((item) => !isNoValue(item));
    if (!isObject(value)) return value;
    const [entry, ...others] = Object.entries(value);
    const intrinsic =
      entry && others.length === 0 && Object.hasOwn(intrinsics, entry[0]) ? intrinsics[entry[0]] : undefined;
    // `Condition` is also an ordinary key, of policies for example.
    if (entry && intrinsic && (entry[0] !== 'Condition' || typeof entry[1] === 'string'))
      return intrinsic(entry[1], resolve, scope);
    const result: JsonObject = {};
    for (const [key, item] of Object.entries(value)) {
      const resolved = resolve(item);
      if (!isNoValue(resolved)) result[key] = resolved;
    }
    return result;
  };
  return resolve;
}

/** `AWS::NoValue`: stands for the absence of the property that it is the value of. */
const noValue = 'AWS::NoValue';
const isNoValue = (value: Json): boolean => value === noValue;

/** A function's environment (`Environment.Variables`) as text, each reference resolved. */
export function resolveEnvironment(variables: Json | undefined, resolve: Resolve): Record<string, string> {
  const resolved = resolve(variables ?? {});
  return isObject(resolved)
    ? Object.fromEntries(Object.entries(resolved).map(([name, value]) => [name, text(value)]))
    : {};
}

function reference(name: string, scope: Scope): Json {
  const { template, options } = scope;
  const pseudo = own(pseudoParameters, name);
  if (pseudo) return pseudo(scope);
  const given = options.parameters && own(options.parameters, name);
  const declared = at(template.Parameters, name);
  if (isObject(declared)) {
    const value = given ?? declared.Default;
    if (value === undefined) return `unresolved-${name}`;
    const isList = /^(CommaDelimitedList|List<)/.test(text(declared.Type ?? ''));
    return isList
      ? text(value)
          .split(',')
          .map((item) => item.trim())
      : value;
  }
  const physical = options.physicalIds && own(options.physicalIds, name);
  if (physical !== undefined) return physical;
  const properties = propertiesOf(template, name);
  switch (at(at(template.Resources, name), 'Type')) {
    case 'AWS::Lambda::Function':
    case 'AWS::Serverless::Function': {
      const { FunctionName: given } = mapOf(
        resolverOf(template, options)({ FunctionName: properties.FunctionName ?? noValue }),
      );
      return given === undefined ? name : text(given);
    }
    case 'AWS::Lambda::Alias':
      return `${functionArnOf(properties.FunctionName ?? '', scope)}:${text(properties.Name ?? 'live')}`;
    case 'AWS::Lambda::Version':
      return `${functionArnOf(properties.FunctionName ?? '', scope)}:1`;
    default:
      return `unresolved-${name}`;
  }
}

function attribute(name: string, attributeName: string, scope: Scope): Json {
  const type = at(at(scope.template.Resources, name), 'Type');
  const isFunction = type === 'AWS::Lambda::Function' || type === 'AWS::Serverless::Function';
  if (isFunction && attributeName === 'Arn') return functionArnOf({ Ref: name }, scope);
  const [, output] = /^Outputs\.(.+)$/.exec(attributeName) ?? [];
  const given = output === undefined ? undefined : scope.options.outputs?.(name, output);
  if (given !== undefined) return given;
  const { physicalIds = {} } = scope.options;
  const physicalId = own(physicalIds, name);
  const derived =
    physicalId === undefined
      ? undefined
      : attributeOf(text(type ?? ''), attributeName, {
          physicalId,
          partition: partitionOf(scope),
          region: regionOf(scope),
          account: text(pseudoParameters['AWS::AccountId']?.(scope) ?? defaultAccount),
        });
  if (derived !== undefined) return derived;
  return `unresolved-${name}.${attributeName}`;
}

/** ARN of a function that is given by a reference, a name or its ARN. */
function functionArnOf(value: Json, scope: Scope): string {
  const name = text(resolverOf(scope.template, scope.options)(value));
  if (name.startsWith('arn:')) return name;
  const account = text(pseudoParameters['AWS::AccountId']?.(scope) ?? defaultAccount);
  return `arn:${partitionOf(scope)}:lambda:${regionOf(scope)}:${account}:function:${name}`;
}

const regionOf = ({ options }: Scope): string => options.region ?? defaultRegion;
const partitionOf = (scope: Scope): string =>
  regionOf(scope).startsWith('cn-') ? 'aws-cn' : regionOf(scope).startsWith('us-gov-') ? 'aws-us-gov' : 'aws';

const pseudoParameters: Readonly<Record<string, (scope: Scope) => Json>> = {
  'AWS::AccountId': ({ options }) => options.account ?? defaultAccount,
  'AWS::NoValue': () => noValue,
  'AWS::NotificationARNs': () => [],
  'AWS::Partition': partitionOf,
  'AWS::Region': regionOf,
  'AWS::StackId': (scope) =>
    `arn:${partitionOf(scope)}:cloudformation:${regionOf(scope)}:${scope.options.account ?? defaultAccount}:stack/${scope.options.stackName ?? 'local'}/local`,
  'AWS::StackName': ({ options }) => options.stackName ?? 'local',
  'AWS::URLSuffix': (scope) => (partitionOf(scope) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'),
};

function condition(name: string, evaluate: Resolve, scope: Scope): boolean {
  const definition = at(scope.template.Conditions, name);
  if (definition === undefined || scope.conditions.has(name)) return false;
  scope.conditions.add(name);
  try {
    return evaluate(definition) === true;
  } finally {
    scope.conditions.delete(name);
  }
}

function at(value: Json | undefined, key: string | undefined): Json | undefined {
  return key !== undefined && isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The properties of a resource as its author wrote them; empty when it has none. */
export function propertiesOf(template: Template, logicalId: string): JsonObject {
  return mapOf(at(at(template.Resources, logicalId), 'Properties'));
}

const pair = (value: Json): readonly [Json, Json] =>
  Array.isArray(value) ? [value[0] ?? '', value[1] ?? ''] : [value, ''];

/** A map as it is; anything else as an empty one. */
export const mapOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** A value as CloudFormation turns it into text. */
export function text(value: Json): string {
  if (typeof value === 'string') return value;
  return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value ?? '');
}
