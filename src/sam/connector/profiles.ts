import type { Json, JsonObject } from '../../template/types.ts';
import { PROFILES, REFERENCES } from '../data/connectors.ts';

/** Kinds of resources that connectors make. */
export type ProfileType =
  | 'AWS_IAM_ROLE_MANAGED_POLICY'
  | 'AWS_LAMBDA_PERMISSION'
  | 'AWS_SNS_TOPIC_POLICY'
  | 'AWS_SQS_QUEUE_POLICY';

/** What a connector between two types of resources makes. */
export interface Profile {
  readonly Type: ProfileType;
  readonly Properties: {
    /** Whether it is made for the source; else for the destination. */
    readonly SourcePolicy: boolean;
    /** What has to wait for the policy. */
    readonly DependedBy?: 'DESTINATION_EVENT_SOURCE_MAPPING' | 'SOURCE';
    /** What is allowed, by `Read` and `Write`. */
    readonly AccessCategories: Readonly<Record<string, JsonObject>>;
    readonly ValidAccessCategories?: readonly (readonly string[])[];
  };
}

/** How resources of a type are referred to. */
export interface TypeReferences {
  readonly Inputs?: { readonly Role?: Json };
  readonly Outputs?: Readonly<Record<string, Json>>;
}

const lines = (text: string): string[] => text.trim().split('\n');

const profiles = new Map<string, string>();
const references = new Map<string, string>();

function load(): void {
  if (profiles.size > 0) return;
  for (const line of lines(PROFILES)) {
    const [source = '', destination = ''] = line.split(' ', 2);
    profiles.set(`${source} ${destination}`, line.slice(source.length + destination.length + 2));
  }
  for (const line of lines(REFERENCES)) {
    const [type = ''] = line.split(' ', 1);
    references.set(type, line.slice(type.length + 1));
  }
}

/** What a connector makes between these types; none where they cannot be connected. */
export function profileOf(source: string, destination: string): Profile | undefined {
  load();
  const found = profiles.get(`${source} ${destination}`);
  return found === undefined ? undefined : (JSON.parse(found) as Profile);
}

/** See {@link TypeReferences}. */
export function referencesOf(type: string): TypeReferences {
  load();
  return JSON.parse(references.get(type) ?? '{}') as TypeReferences;
}

/** Values by what stands for them in a profile, such as `Source.Arn`. */
export type Replacements = Readonly<Record<string, Json | undefined>>;

/**
 * A value of a profile with what stands in it for resources. `missing` is told of what is not known of them.
 */
export function replaced(value: Json, replacements: Replacements, missing: (name: string) => never): Json {
  if (typeof value === 'string') return replacedText(value, replacements, missing);
  if (Array.isArray(value)) return value.map((item) => replaced(item, replacements, missing));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, replaced(item, replacements, missing)]),
  );
}

function replacedText(text: string, replacements: Replacements, missing: (name: string) => never): Json {
  let filled = text;
  const variables: JsonObject = {};
  for (const [name, value] of Object.entries(replacements)) {
    const pattern = `%{${name}}`;
    if (!filled.includes(pattern)) continue;
    if (value === undefined || value === null) return missing(name);
    if (filled === pattern) return value;
    // Variables of Fn::Sub have letters and digits only.
    const variable = name.replace(/[^A-Za-z0-9]/g, '');
    filled = filled.replaceAll(pattern, `\${${variable}}`);
    variables[variable] = value;
  }
  if (!/\$\{.+\}/.test(filled)) return filled;
  return { 'Fn::Sub': Object.keys(variables).length > 0 ? [filled, variables] : filled };
}
