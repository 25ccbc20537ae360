import { isObject, type Json, type JsonObject, type TemplatePath } from '../../template/types.ts';
import { closest } from '../../text/closest.ts';
import type { Build } from '../context.ts';
import { POLICY_TEMPLATES } from '../data/policy-templates.ts';
import { ifParts, isCall, isIf, isNoValue } from '../intrinsics.ts';
import { refuse } from '../problems.ts';
import { sameData, truthy } from '../python/values.ts';
import { conditional, generated } from '../resource.ts';
import type { Generated, SamSource } from '../types.ts';
import { managedPolicyArn } from './managed-policies.ts';

/** What an entry of `Policies` is. */
type PolicyKind = 'managed' | 'statement' | 'template' | 'unknown';

interface PolicyTemplate {
  readonly parameters: readonly string[];
  /** What it stands for, with parameters as `Ref`. */
  readonly definition: Json;
}

/** Policy templates by name, as lines; those that were asked for, read. */
let lines: ReadonlyMap<string, string> | undefined;
const templates = new Map<string, PolicyTemplate>();

function allLines(): ReadonlyMap<string, string> {
  lines ??= new Map(
    POLICY_TEMPLATES.trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(' ')), line]),
  );
  return lines;
}

function policyTemplate(name: string): PolicyTemplate | undefined {
  const known = templates.get(name);
  if (known) return known;
  const line = allLines().get(name);
  if (line === undefined) return undefined;
  const [, parameters = '-', text = ''] = /^\S+ (\S+) (.*)$/s.exec(line) ?? [];
  const template = {
    parameters: parameters === '-' ? [] : parameters.split(','),
    definition: JSON.parse(text) as Json,
  };
  templates.set(name, template);
  return template;
}

/** Entries of `Policies`; one may stand without a list. */
function entriesOf(policies: Json | undefined): readonly Json[] {
  if (!truthy(policies)) return [];
  return Array.isArray(policies) ? policies : [policies];
}

function kindOf(policy: Json, logicalId: string): PolicyKind {
  if (typeof policy === 'string') return 'managed';
  if (isIf(policy)) {
    const parts = ifParts(policy);
    if (!parts) return refuse(logicalId, ['Policies'], 'Fn::If takes a condition and two values');
    const [, yes, no] = parts;
    const [one, other] = [kindOf(yes, logicalId), kindOf(no, logicalId)];
    if (one === other || isNoValue(no)) return one;
    if (isNoValue(yes)) return other;
    return refuse(
      logicalId,
      ['Policies'],
      'an Fn::If of policies has to have the same kind in both branches; write one Fn::If for each kind',
    );
  }
  if (isCall(policy)) return 'managed';
  if (isObject(policy) && 'Statement' in policy) return 'statement';
  const name = nameIn(policy);
  return name !== undefined && policyTemplate(name) ? 'template' : 'unknown';
}

/** Writes policy templates out, in the properties themselves. */
export function expandPolicyTemplates({ logicalId, properties }: SamSource): void {
  const entries = entriesOf(properties.Policies);
  if (entries.length === 0) return;
  properties.Policies = entries.map((policy, index): Json => {
    const at = Array.isArray(properties.Policies) ? ['Policies', index] : ['Policies'];
    if (!isObject(policy) || kindOf(policy, logicalId) !== 'template') return policy;
    const parts = isIf(policy) ? ifParts(policy) : undefined;
    if (!parts) return expanded(policy, { logicalId, at });
    const [condition, yes, no] = parts;
    const branch = (value: Json): Json =>
      isNoValue(value) || !isObject(value) ? value : expanded(value, { logicalId, at });
    return conditional(condition, branch(yes), branch(no));
  });
}

/** Where something stands, below the resource's `Properties`. */
interface Place {
  readonly logicalId: string;
  readonly at: TemplatePath;
}

function expanded(policy: JsonObject, { logicalId, at }: Place): Json {
  const [name = ''] = Object.keys(policy);
  const template = policyTemplate(name);
  const values = policy[name];
  if (!template) return policy;
  if (!isObject(values))
    return refuse(logicalId, at, `the policy template ${name} takes a map of parameters`);
  const missing = template.parameters.filter((parameter) => !Object.hasOwn(values, parameter));
  if (missing.length > 0)
    return refuse(logicalId, at, `the policy template ${name} needs ${missing.join(', ')}`);
  const fill = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(fill);
    if (!isObject(value)) return value;
    const { Ref } = value;
    if (typeof Ref === 'string' && template.parameters.includes(Ref)) return values[Ref] ?? null;
    const made: JsonObject = {};
    for (const key in value) made[key] = fill(value[key] ?? null);
    return made;
  };
  return fill(template.definition);
}

/** The only key of a policy, which is the name of a template. */
function nameIn(policy: Json): string | undefined {
  const [name, ...more] = isObject(policy) ? Object.keys(policy) : [];
  return more.length === 0 ? name : undefined;
}

const written = (policy: Json): string => nameIn(policy) ?? 'this';

function meantBy(policy: Json): string {
  const name = nameIn(policy);
  const meant = name && closest(name, allLines().keys());
  return meant ? `; ${meant} is one` : '';
}

/** What the role of a function or state machine is made of, besides its own properties. */
export interface RoleParts {
  readonly trust: Json;
  readonly managed: readonly Json[];
  readonly inline: readonly Json[];
  readonly tags: Json[];
  readonly path: Json | undefined;
  readonly attributes: JsonObject;
}

/** The role that SAM makes for a function or a state machine, with what its `Policies` say. */
export function roleOf({ logicalId, properties }: SamSource, parts: RoleParts, build: Build): Generated {
  const id = `${logicalId}Role`;
  const managed: Json[] = [...parts.managed];
  const inline: Json[] = [...parts.inline];
  for (const [index, policy] of entriesOf(properties.Policies).entries()) {
    const kind = kindOf(policy, logicalId);
    const branches = isObject(policy) && isIf(policy) ? ifParts(policy) : undefined;
    const each = (convert: (value: Json) => Json): Json => {
      if (!branches) return convert(policy);
      const [condition, yes, no] = branches;
      const branch = (value: Json): Json => (isNoValue(value) ? value : convert(value));
      return { 'Fn::If': [condition, branch(yes), branch(no)] };
    };
    if (kind === 'statement') {
      inline.push(each((PolicyDocument) => ({ PolicyName: `${id}Policy${index}`, PolicyDocument })));
    } else if (kind === 'managed') {
      const arn = each((value) => (typeof value === 'string' ? managedPolicyArn(value, build) : value));
      if (!managed.some((other) => sameData(other, arn))) managed.push(arn);
    } else
      refuse(
        logicalId,
        ['Policies', index],
        `${written(policy)} is neither a managed policy, nor a statement, nor a policy template${meantBy(policy)}`,
      );
  }
  return generated(id, 'AWS::IAM::Role', {
    attributes: parts.attributes,
    properties: {
      AssumeRolePolicyDocument: parts.trust,
      ManagedPolicyArns: managed,
      Policies: inline.length > 0 ? inline : undefined,
      Path: parts.path,
      PermissionsBoundary: properties.PermissionsBoundary,
      Tags: parts.tags,
    },
  });
}
