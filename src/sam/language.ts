import { isFunctionCall } from '../template/intrinsics.ts';
import { LANGUAGE_EXTENSIONS, SAM, transformsOf } from '../template/transforms.ts';
import { isObject, type Json, type JsonObject, type Template, type TemplatePath } from '../template/types.ts';
import { comesTo, rewrite, type Scope, typed, withoutLoops } from '../template/values/evaluate.ts';
import { knownParameters } from '../template/values/known-value.ts';
import { isLoop, loopEntries } from '../template/values/loops.ts';
import { asResolved } from '../template/values/resolved.ts';
import { partitionOf } from './parameters.ts';
import { pythonText } from './python/json.ts';
import type { SamProblem, TransformContext } from './types.ts';

/** A template without language extensions. */
interface Plain {
  readonly template: JsonObject;
  readonly problems: readonly SamProblem[];
  /** Where the author wrote the resources that loops make, by logical ID. */
  readonly places: ReadonlyMap<string, TemplatePath>;
}

/** Whether a template has extensions that apply before SAM does: transforms run in the order of their list. */
export function usesExtensions(template: JsonObject): boolean {
  const transforms = transformsOf(template as Template);
  const at = transforms.indexOf(LANGUAGE_EXTENSIONS);
  const sam = transforms.indexOf(SAM);
  return at >= 0 && (sam < 0 || at < sam);
}

/**
 * What `AWS::LanguageExtensions` makes of a template: loops are written out, and functions are put into their values as
 * far as these are known without the stack: parameters, conditions, mappings with defaults, lengths, texts of JSON.
 * Source: CloudFormation template reference, "AWS::LanguageExtensions transform".
 */
export function expandLanguage(template: JsonObject, context: TransformContext): Plain {
  const whole = template as Template;
  const given = Object.entries(context.parameters ?? {}).map(([name, value]) => [name, String(value)]);
  const known = knownParameters(whole, {
    'AWS::Region': context.region,
    'AWS::Partition': context.partition ?? partitionOf(context.region),
    ...Object.fromEntries(given),
  });
  const scope: Scope = { template: whole, known: typed(whole, known), conditions: new Map() };
  const problems: SamProblem[] = [];
  const places = new Map<string, TemplatePath>();
  const made: JsonObject = { ...template };
  for (const section of ['Conditions', 'Resources', 'Outputs']) {
    const entries = template[section];
    if (!isObject(entries)) continue;
    const plain = writtenOut(section, entries, { scope, problems, places });
    made[section] = section === 'Conditions' ? plain : evaluated(plain, scope);
  }
  return { template: made, problems, places };
}

/** The entries of a section with those of its loops in their place. */
function writtenOut(
  section: string,
  entries: JsonObject,
  { scope, problems, places }: { scope: Scope; problems: SamProblem[]; places: Map<string, TemplatePath> },
): JsonObject {
  const made: [string, Json][] = [];
  for (const [key, value] of Object.entries(entries)) {
    if (!isLoop(key)) {
      made.push([key, value]);
      continue;
    }
    const found = loopEntries(value, (each) => comesTo(each, scope));
    if (!found) {
      problems.push({
        path: [section, key],
        message: `what ${key} goes over is not known before the stack is there`,
        next: 'Loop over a list, or over a parameter that is one.',
      });
      continue;
    }
    for (const [name, entry, from] of found) {
      if (section === 'Resources') places.set(name, [section, key, ...from]);
      if (Object.hasOwn(entries, name) || made.some(([other]) => other === name))
        problems.push({
          path: [section, key],
          message: `${key} makes ${name}, which is there already`,
          next: 'Use the variable of the loop in the name.',
        });
      else made.push([name, entry]);
    }
  }
  return Object.fromEntries(made);
}

/** Entries with what is known in them; what a condition leaves out stays as it is. */
function evaluated(entries: JsonObject, scope: Scope): JsonObject {
  const made = Object.entries(entries).map(([name, entry]): [string, Json] => [
    name,
    isObject(entry) ? finished(asResolved(rewrite(withoutLoops(entry, scope), scope))) : entry,
  ]);
  return Object.fromEntries(made);
}

/** Writes out the functions that only the extensions know, from the innermost on. */
function finished(value: Json): Json {
  if (Array.isArray(value)) return value.map(finished);
  if (!isObject(value)) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, finished(each)]));
  if (!isFunctionCall(inner)) return inner;
  const { 'Fn::Length': list, 'Fn::ToJsonString': data } = inner;
  if (Array.isArray(list)) return list.length;
  return typeof data === 'object' && data !== null && !hasCalls(data) ? pythonText(data) : inner;
}

/** Whether something in a value only comes out once the stack is there. */
const hasCalls = (value: Json): boolean =>
  isFunctionCall(value) ||
  (typeof value === 'object' && value !== null && Object.values(value).some(hasCalls));
