import { equivalent } from './equivalence.ts';
import { type IamChange, iamChanges } from './iam.ts';
import { holdsData, type Impact, propertyImpact } from './impact.ts';
import { isObject, type Json, type JsonObject, type Template } from './types.ts';

/** What changes between two templates, by meaning. */
export interface TemplateDiff {
  readonly resources: readonly ResourceDiff[];
  readonly outputs: readonly EntryDiff[];
  readonly parameters: readonly EntryDiff[];
  /** Conditions, mappings, transforms and the like. */
  readonly other: readonly EntryDiff[];
  readonly iam: readonly IamChange[];
}

export type ResourceDiff = AddedResource | RemovedResource | ChangedResource;

interface ResourceIdentity {
  readonly logicalId: string;
  readonly type: string;
}
export interface AddedResource extends ResourceIdentity {
  readonly kind: 'added';
  readonly properties: JsonObject;
}
export interface RemovedResource extends ResourceIdentity {
  readonly kind: 'removed';
  /** `true`: its data would be lost; not so with DeletionPolicy Retain or Snapshot. */
  readonly losesData: boolean;
  /** DeletionPolicy keeps it in the account, outside of the stack. */
  readonly retained: boolean;
}
export interface ChangedResource extends ResourceIdentity {
  readonly kind: 'changed';
  /** The worst of all its changes. */
  readonly impact: Impact;
  readonly changes: readonly ValueChange[];
  /** New code for a function or layer; locations are not listed as changes. */
  readonly code: CodeChange | undefined;
  /** Replacing it would lose its data. */
  readonly losesData: boolean;
}

/** A value at a path below the resource, e.g. `Properties.Environment.Variables.TABLE`. */
export interface ValueChange {
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly impact: Impact;
}

/** Where the code is, before and after: keys hold content hashes. */
export interface CodeChange {
  readonly before: string;
  readonly after: string;
}

/** An output, parameter or other entry. */
export interface EntryDiff {
  readonly section: string;
  readonly name: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** Properties that say where code is. */
const CODE: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'Code',
  'AWS::Lambda::LayerVersion': 'Content',
  'AWS::Serverless::Function': 'CodeUri',
  'AWS::Serverless::LayerVersion': 'ContentUri',
};

const SECTIONS_APART = new Set(['Resources', 'Outputs', 'Parameters', 'Metadata', 'AWSTemplateFormatVersion']);

/**
 * What would change. Key order, metadata and equivalent ways of writing are no change.
 *
 * @param before `undefined`: everything is new
 */
export function diffTemplates(before: Template | undefined, after: Template): TemplateDiff {
  const old: Template = before ?? { Resources: {} };
  const sections = new Set([...Object.keys(old), ...Object.keys(after)].filter((name) => !SECTIONS_APART.has(name)));
  return {
    resources: diffResources(old, after),
    outputs: diffEntries('Outputs', old.Outputs, after.Outputs),
    parameters: diffEntries('Parameters', old.Parameters, after.Parameters),
    other: [...sections].sort().flatMap((name) => diffSection(name, old[name], after[name])),
    iam: iamChanges(old, after),
  };
}

/** Whether there is nothing to deploy. */
export function isEmptyDiff(diff: TemplateDiff): boolean {
  return [diff.resources, diff.outputs, diff.parameters, diff.other].every((part) => part.length === 0);
}

function diffResources(before: Template, after: Template): ResourceDiff[] {
  const ids = [...new Set([...Object.keys(after.Resources), ...Object.keys(before.Resources)])];
  const diffs: ResourceDiff[] = [];
  for (const logicalId of ids) {
    const [old, now] = [before.Resources[logicalId], after.Resources[logicalId]];
    diffs.push(...diffResource(logicalId, asResource(old), asResource(now)));
  }
  return diffs.sort((a, b) => (a.logicalId < b.logicalId ? -1 : a.logicalId > b.logicalId ? 1 : 0));
}

/** Loops (`Fn::ForEach`) are compared as one thing. */
function asResource(value: Json | undefined): JsonObject | undefined {
  if (value === undefined) return undefined;
  return isObject(value) ? value : { Type: 'Fn::ForEach', Properties: { Loop: value } };
}

function diffResource(logicalId: string, old: JsonObject | undefined, now: JsonObject | undefined): ResourceDiff[] {
  if (!old && now) return [{ kind: 'added', logicalId, type: typeOf(now), properties: propertiesOf(now) }];
  if (old && !now) {
    const retained = keeps(old.DeletionPolicy, typeOf(old));
    return [{ kind: 'removed', logicalId, type: typeOf(old), retained, losesData: holdsData(typeOf(old)) && !retained }];
  }
  if (!old || !now) return [];
  const type = typeOf(now);
  if (typeOf(old) !== type) {
    const change: ValueChange = { path: 'Type', before: typeOf(old), after: type, impact: 'replace' };
    return [changed(logicalId, type, old, [change], undefined)];
  }
  const codeProperty = CODE[type];
  const changes: ValueChange[] = [];
  let code: CodeChange | undefined;
  for (const change of diffValues(old, now, type)) {
    if (codeProperty !== undefined && isCode(change, codeProperty)) {
      code ??= { before: codeName(propertiesOf(old)[codeProperty]), after: codeName(propertiesOf(now)[codeProperty]) };
    } else changes.push(change);
  }
  return changes.length > 0 || code ? [changed(logicalId, type, old, changes, code)] : [];
}

function changed(
  logicalId: string,
  type: string,
  old: JsonObject,
  changes: readonly ValueChange[],
  code: CodeChange | undefined,
): ChangedResource {
  const impact = worst(changes.map((change) => change.impact));
  const kept = keeps(old.UpdateReplacePolicy, typeOf(old));
  return { kind: 'changed', logicalId, type, impact, changes, code, losesData: impact !== 'update' && holdsData(typeOf(old)) && !kept };
}

const typeOf = (resource: JsonObject): string => String(resource.Type);
const propertiesOf = (resource: JsonObject): JsonObject => (isObject(resource.Properties) ? resource.Properties : {});
/** Source: CloudFormation template reference, "DeletionPolicy attribute". */
const keeps = (policy: Json | undefined, type: string): boolean =>
  policy === undefined ? type === 'AWS::RDS::DBCluster' : policy !== 'Delete';
const worst = (impacts: readonly Impact[]): Impact =>
  impacts.includes('replace') ? 'replace' : impacts.includes('may-replace') ? 'may-replace' : 'update';

/** Keys of a resource beside its properties that CloudFormation acts upon. */
const ATTRIBUTES = ['Condition', 'DependsOn', 'DeletionPolicy', 'UpdateReplacePolicy', 'CreationPolicy', 'UpdatePolicy'];

function* diffValues(old: JsonObject, now: JsonObject, type: string): Generator<ValueChange> {
  for (const key of ATTRIBUTES) {
    const [before, after] = [asList(key, old[key]), asList(key, now[key])];
    if (!equivalent(before, after)) yield { path: key, before: old[key], after: now[key], impact: 'update' };
  }
  yield* compare(propertiesOf(old), propertiesOf(now), [], type);
}

/** DependsOn may be one name or a list, in any order. */
const asList = (key: string, value: Json | undefined): Json | undefined =>
  key !== 'DependsOn' || value === undefined ? value : (Array.isArray(value) ? [...value] : [value]).map(String).sort();

type Path = readonly (string | number)[];

function* compare(before: Json | undefined, after: Json | undefined, path: Path, type: string): Generator<ValueChange> {
  if (equivalent(before, after)) return;
  if (isObject(before) && isObject(after) && !isIntrinsic(before) && !isIntrinsic(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      yield* compare(before[key], after[key], [...path, key], type);
    }
  } else if (Array.isArray(before) && Array.isArray(after)) yield* compareLists(before, after, path, type);
  else yield { path: pathText(path), before, after, impact: propertyImpact(type, path) };
}

/** What both lists begin and end with is the same; an element that was put in shows as that alone. */
function* compareLists(before: Json[], after: Json[], path: Path, type: string): Generator<ValueChange> {
  let start = 0;
  while (start < Math.min(before.length, after.length) && equivalent(before[start], after[start])) start++;
  let end = 0;
  const rest = Math.min(before.length, after.length) - start;
  while (end < rest && equivalent(before[before.length - 1 - end], after[after.length - 1 - end])) end++;
  const [old, now] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  for (let index = 0; index < Math.max(old.length, now.length); index++) {
    yield* compare(old[index], now[index], [...path, start + index], type);
  }
}

/** A function call is one value: `{ "Fn::Sub": ... }`. */
const isIntrinsic = (value: JsonObject): boolean => {
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0] === 'Condition' || keys[0]?.startsWith('Fn::') === true);
};

/** `Properties.Tags[0].Value` */
const pathText = (path: Path): string =>
  path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}.${step}`), 'Properties');

const LOCATION = /^Properties\.(Code|Content|CodeUri|ContentUri)(\.(S3Bucket|S3Key|S3ObjectVersion|Bucket|Key|Version|ImageUri|ZipFile))?$/;
const isCode = ({ path }: ValueChange, property: string): boolean =>
  LOCATION.test(path) && path.startsWith(`Properties.${property}`);

/** The last part of the location, where the hash is. */
function codeName(value: Json | undefined): string {
  const text =
    typeof value === 'string'
      ? value
      : isObject(value)
        ? String(value.S3Key ?? value.Key ?? value.ImageUri ?? (value.ZipFile === undefined ? '' : 'inline code'))
        : '';
  return text.split('/').at(-1) ?? text;
}

function diffEntries(section: string, before: Json | undefined, after: Json | undefined): EntryDiff[] {
  const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  return [...new Set([...Object.keys(now), ...Object.keys(old)])]
    .filter((name) => !equivalent(old[name], now[name]))
    .map((name) => ({ section, name, before: old[name], after: now[name] }));
}

/** A map is compared entry by entry, anything else as a whole. */
function diffSection(section: string, before: Json | undefined, after: Json | undefined): EntryDiff[] {
  if (isObject(before ?? {}) && isObject(after ?? {})) return diffEntries(section, before, after);
  return equivalent(before, after) ? [] : [{ section, name: '', before, after }];
}
