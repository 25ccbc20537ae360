import { CODE_PROPERTIES, codeLocation, FUNCTION_TYPES, functionsOf } from '../assets/code-location.ts';
import { LOCATION_KEYS } from '../assets/location-keys.ts';
import { durableFunctions } from '../durable-callers.ts';
import { isIntrinsic } from '../intrinsics.ts';
import { references } from '../references.ts';
import { LANGUAGE_EXTENSIONS, SAM, transformsOf } from '../transforms.ts';
import { isObject, type Json, type JsonObject, own, type Template } from '../types.ts';
import { resolvedTemplate } from '../values/effective.ts';
import { equivalent } from '../values/equivalence.ts';
import { withGlobals } from '../values/globals.ts';
import type { KnownTemplate } from '../values/known-value.ts';
import { isEmptyDiff } from './index.ts';
import type { ResourceDiff, TemplateDiff } from './types.ts';

export interface InPlaceQuestion {
  readonly before: KnownTemplate;
  readonly after: KnownTemplate;
  /** Between the two templates. */
  readonly diff: TemplateDiff;
  /** Names of values that are set from outside of the template and change. */
  readonly changedParameters: readonly string[];
  readonly changedTags: readonly string[];
}

/** Whether a change can be made without CloudFormation. */
export type InPlaceAnswer =
  /** Logical IDs of the functions whose code changes; nothing else does. */
  | { readonly kind: 'in-place'; readonly functions: readonly string[] }
  /** Nothing but code changes, of these durable functions too: what they have under way would go on with other code. */
  | { readonly kind: 'durable'; readonly functions: readonly string[] }
  /** All that is in the way, property by property. */
  | { readonly kind: 'change-set'; readonly reasons: readonly string[] };

/**
 * Decides whether nothing changes but the code of functions. A parameter that changes may do so where it is used for
 * nothing but the location of code. A version or an alias that changes needs CloudFormation: a version that is published
 * beside it would make its next update of the stack fail.
 */
export function inPlaceAnswer(question: InPlaceQuestion): InPlaceAnswer {
  const { before, after, diff, changedParameters, changedTags } = question;
  const elsewhere = new Set([
    ...[before, after].flatMap(({ template }) =>
      [...references(withoutCode(template))].map(({ name }) => name),
    ),
  ]);
  const parameters = [...new Set([...diff.parameters.map(({ name }) => name), ...changedParameters])];
  const [old, now] = [resolvedTemplate(before), resolvedTemplate(after)];
  const changed = changedFunctions(old, now);
  const reasons = [
    ...macros(after.template),
    ...diff.resources.flatMap((resource) => resourceReasons(resource)),
    ...diff.outputs.map(({ name }) => `output ${name} changes`),
    ...diff.other.map(({ section, name }) => `${[section, name].filter(Boolean).join('.')} changes`),
    ...parameters
      .filter((name) => elsewhere.has(name))
      .map((name) => `parameter ${name} changes, and not only the code of functions refers to it`),
    ...changedTags.map((name) => `tag ${name} changes`),
    ...changed.flatMap((id) => functionReasons(id, now)),
  ];
  if (reasons.length === 0 && changed.length === 0 && !isEmptyDiff(diff))
    reasons.push('only CloudFormation can tell which function changes');
  if (reasons.length > 0) return { kind: 'change-set', reasons };
  const durable = durableFunctions(after.template).filter((id) => changed.includes(id));
  return durable.length > 0
    ? { kind: 'durable', functions: durable }
    : { kind: 'in-place', functions: changed };
}

/** A macro may turn other code into anything. */
const macros = (template: Template): string[] =>
  transformsOf(template)
    .filter((transform) => transform !== SAM && transform !== LANGUAGE_EXTENSIONS)
    .map(
      (transform) =>
        `the transform ${typeof transform === 'string' ? transform : 'of the template'} may change anything`,
    );

function resourceReasons(resource: ResourceDiff): string[] {
  const { logicalId, type, kind } = resource;
  const about = `${logicalId} (${type})`;
  if (kind !== 'changed') return [`${about} is ${kind}${VERSIONS.has(type) ? PUBLISHED : ''}`];
  return [
    ...resource.changes.map(({ path }) => `${about}: ${path} changes${VERSIONS.has(type) ? PUBLISHED : ''}`),
    ...(resource.code && !FUNCTION_TYPES.has(type)
      ? [`${about}: the content of its ${resource.code.kind} changes`]
      : []),
  ];
}

const VERSIONS = new Set(['AWS::Lambda::Version', 'AWS::Lambda::Alias']);
const PUBLISHED = '; versions are published by CloudFormation only';

/** Reasons why the code of a function cannot be changed in place. */
function functionReasons(id: string, { template, known }: KnownTemplate): string[] {
  const resource = own(template.Resources, id);
  if (!isObject(resource)) return [];
  const found: string[] = [];
  if (
    resource.Type === 'AWS::Serverless::Function' &&
    withGlobals(template, id).AutoPublishAlias !== undefined
  )
    found.push(`${id}: AutoPublishAlias publishes a version of the new code${PUBLISHED}`);
  if (!codeLocation(resource, known)) found.push(`${id}: only CloudFormation can tell where its code is`);
  return found;
}

/** Functions that both templates have, whose code is not the same in both. */
function changedFunctions(before: KnownTemplate, after: KnownTemplate): readonly string[] {
  return functionsOf(after.template).flatMap(([id, now]) => {
    const old = own(before.template.Resources, id);
    if (!isObject(old)) return [];
    const [from, to] = [codeLocation(old, before.known), codeLocation(now, after.known)];
    const same =
      from && to ? JSON.stringify(from) === JSON.stringify(to) : equivalent(codeOf(old), codeOf(now));
    return same ? [] : [id];
  });
}

const codeOf = ({ Properties }: JsonObject): Json =>
  isObject(Properties)
    ? Object.fromEntries(Object.entries(Properties).filter(([name]) => CODE_PROPERTIES.includes(name)))
    : {};

/** A template without the code of its functions, and without the declarations of parameters. */
function withoutCode({ Parameters: _, Resources, ...rest }: Template): Json {
  const resources = Object.entries(Resources).map(([id, resource]): [string, Json] => {
    if (!isObject(resource) || !FUNCTION_TYPES.has(String(resource.Type)) || !isObject(resource.Properties))
      return [id, resource];
    const kept = Object.entries(resource.Properties).map(([name, value]): [string, Json] =>
      CODE_PROPERTIES.includes(name) ? [name, withoutLocation(value)] : [name, value],
    );
    return [id, { ...resource, Properties: Object.fromEntries(kept) }];
  });
  return { ...rest, Resources: Object.fromEntries(resources) };
}

/** What stands beside a location, such as an encryption key. */
const withoutLocation = (value: Json): Json =>
  isObject(value) && !isIntrinsic(value)
    ? Object.fromEntries(Object.entries(value).filter(([key]) => !LOCATION_KEYS.has(key)))
    : null;
