import { isObject, type Json, type JsonObject } from '../../../../template/types.ts';
import { given, truthy } from '../../../python/values.ts';
import { subCall } from '../../document/calls.ts';
import { isSame } from '../../document/convert.ts';
import { ANY_METHOD } from '../../document/definition.ts';
import { bytes, isTrue, listed, PyMap, type PyValue, textOf } from '../../document/python-map.ts';
import type { RestEdit } from '../editor.ts';

const POLICY = 'x-amazon-apigateway-policy';

/** The policy of an API as it stands, or else an empty one. */
function policyOf({ definition }: RestEdit): PyMap {
  const found = definition.root.get(POLICY);
  if (isTrue(found))
    return found instanceof PyMap ? found : definition.refuse([POLICY], `${POLICY} has to be a map`);
  return definition.map();
}

/** Adds statements of `ResourcePolicy` for the methods of a path. */
export function addResourcePolicy(edit: RestEdit, path: string, rules: JsonObject, stage: PyValue): void {
  const { definition } = edit;
  const policy = policyOf(edit);
  const resources = resourcesOf(edit, path, stage);
  const statements = new Statements(edit, policy, resources);
  if (given(rules.AwsAccountWhitelist)) statements.accounts('Allow', rules.AwsAccountWhitelist);
  if (given(rules.AwsAccountBlacklist)) statements.accounts('Deny', rules.AwsAccountBlacklist);
  if (given(rules.IpRangeWhitelist)) statements.ranges('NotIpAddress', rules.IpRangeWhitelist);
  if (given(rules.IpRangeBlacklist)) statements.ranges('IpAddress', rules.IpRangeBlacklist);
  for (const [list, operator] of [
    ['Blacklist', 'StringEquals'],
    ['Whitelist', 'StringNotEquals'],
  ] as const)
    statements.networks(operator, {
      names: rules[`SourceVpc${list}`],
      vpcs: rules[`IntrinsicVpc${list}`],
      endpoints: rules[`IntrinsicVpce${list}`],
      property: `SourceVpc${list}`,
    });
  definition.root.set(bytes(POLICY), policy);
}

/** Adds statements that the author wrote. */
export function addCustomStatements(edit: RestEdit, custom: Json): void {
  const { definition } = edit;
  const policy = policyOf(edit);
  policy.set(bytes('Version'), bytes('2012-10-17'));
  const added = definition.authored(custom);
  const before = policy.get('Statement') ?? null;
  if (before === null) policy.set(bytes('Statement'), added);
  else {
    const statements = Array.isArray(before) ? before : [before];
    for (const each of Array.isArray(added) ? added : [added])
      if (!statements.some((other) => isSame(other, each))) statements.push(each);
    policy.set(bytes('Statement'), statements);
  }
  definition.root.set(bytes(POLICY), policy);
}

/** Variables of a path, of which a policy takes any value. */
const VARIABLES = /\{([a-zA-Z0-9._-]+|[a-zA-Z0-9._-]+\+|proxy\+)\}/g;

/** A path with a star in place of each variable. */
export const withStars = (path: string): string => path.replace(VARIABLES, '*');

function resourcesOf({ definition }: RestEdit, path: string, stage: PyValue): PyValue[] {
  const pattern = withStars(path);
  return definition
    .pathItems(path)
    .flatMap((item) => item.keys())
    .map((name) => {
      const isAny = ['any', ANY_METHOD].includes(name.toLowerCase());
      return subCall(`execute-api:/\${__Stage__}/${isAny ? '*' : name.toUpperCase()}${pattern}`, {
        __Stage__: stage,
      });
    });
}

/** What is in a list, or the single value that stands for one. */
const listOf = (value: PyValue): PyValue[] => (Array.isArray(value) ? value : [value]);

/** What Python goes through when it is told to take items of a value. */
function itemsOf(value: PyValue): PyValue[] {
  if (Array.isArray(value)) return value;
  if (value instanceof PyMap) return value.keys().map((key) => value.keyOf(key));
  return [...(textOf(value) ?? '')].map(bytes);
}

class Statements {
  readonly #edit: RestEdit;
  readonly #policy: PyMap;
  readonly #resources: PyValue[];

  constructor(edit: RestEdit, policy: PyMap, resources: PyValue[]) {
    this.#edit = edit;
    this.#policy = policy;
    this.#resources = resources;
  }

  accounts(effect: 'Allow' | 'Deny', accounts: Json): void {
    if (!truthy(accounts)) return;
    const { definition } = this.#edit;
    if (typeof accounts !== 'object')
      definition.refuse(
        [],
        'lists of accounts in a ResourcePolicy have to be lists, or a function call that gives one',
      );
    this.#policy.set(bytes('Version'), bytes('2012-10-17'));
    const statement = this.#statement(effect);
    statement.set(bytes('Principal'), listed({ AWS: listOf(definition.authored(accounts)) }));
    const before = this.#policy.get('Statement') ?? null;
    this.#policy.set(bytes('Statement'), before === null ? statement : [...listOf(before), statement]);
  }

  ranges(operator: 'IpAddress' | 'NotIpAddress', ranges: Json): void {
    if (!truthy(ranges)) return;
    const list = listOf(this.#edit.definition.authored(ranges));
    this.#deny(listed({ [operator]: listed({ 'aws:SourceIp': list }) }));
  }

  networks(
    operator: 'StringEquals' | 'StringNotEquals',
    {
      names,
      vpcs,
      endpoints,
      property,
    }: { names?: Json | undefined; vpcs?: Json | undefined; endpoints?: Json | undefined; property: string },
  ): void {
    const { definition } = this.#edit;
    if (given(names) && !(Array.isArray(names) && names.every((each) => typeof each === 'string')))
      definition.refuse(
        [],
        `${property} has to be a list of texts; what functions give belongs into ${property.replace('SourceVpc', 'IntrinsicVpc')}`,
      );
    const condition = definition.map();
    const add = (key: string, added: readonly PyValue[]): void => {
      const before = condition.get(key);
      if (Array.isArray(before)) before.push(...added);
      else condition.set(bytes(key), [...added]);
    };
    const texts = given(names) ? (names as string[]) : [];
    for (const [key, prefix] of [
      ['aws:SourceVpc', 'vpc-'],
      ['aws:SourceVpce', 'vpce-'],
    ] as const) {
      const found = texts.filter((each) => each.startsWith(prefix));
      if (found.length > 0) add(key, found);
    }
    if (given(vpcs)) add('aws:SourceVpc', itemsOf(definition.authored(vpcs)));
    if (given(endpoints)) add('aws:SourceVpce', itemsOf(definition.authored(endpoints)));
    if (!isTrue(condition.get('aws:SourceVpc')) && !isTrue(condition.get('aws:SourceVpce'))) return;
    this.#deny(listed({ [operator]: condition }));
  }

  /** Lets all in, but not those that a condition is met of. */
  #deny(condition: PyMap): void {
    this.#policy.set(bytes('Version'), bytes('2012-10-17'));
    const allow = this.#statement('Allow');
    allow.set(bytes('Principal'), bytes('*'));
    const deny = this.#statement('Deny');
    deny.set(bytes('Principal'), bytes('*'));
    deny.set(bytes('Condition'), condition);
    const before = this.#policy.get('Statement') ?? null;
    const statements = before === null ? [] : listOf(before);
    for (const each of [allow, deny])
      if (before === null || !statements.some((other) => isSame(other, each))) statements.push(each);
    this.#policy.set(bytes('Statement'), statements);
  }

  #statement(effect: string): PyMap {
    const statement = this.#edit.definition.map();
    statement.set(bytes('Effect'), bytes(effect));
    statement.set(bytes('Action'), bytes('execute-api:Invoke'));
    statement.set(bytes('Resource'), this.#resources);
    return statement;
  }
}

/** The part of `Auth` that says who may call an API. */
export function resourcePolicyOf(edit: RestEdit, rules: Json): JsonObject {
  return isObject(rules) ? rules : edit.definition.refuse([], 'a ResourcePolicy has to be a map');
}
