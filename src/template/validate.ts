import { closest } from '../closest.ts';
import type { Problem } from '../problem.ts';
import type { TemplateDocument } from './document.ts';
import { type Reference, references } from './references.ts';
import { isObject, type Json, type JsonObject, type Template, type TemplatePath } from './types.ts';

/** Source: AWS CloudFormation User Guide, "CloudFormation quotas". */
const LIMITS: Readonly<Record<string, number>> = {
  Resources: 500,
  Outputs: 200,
  Parameters: 200,
  Mappings: 200,
};

const SECTIONS = new Set([
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Globals',
  'Hooks',
  'Mappings',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
  'Transform',
]);

/** Everything that CloudFormation would refuse the template for and that can be seen without asking it, at once. */
export function validateTemplate(document: TemplateDocument): Problem[] {
  const { template } = document;
  const expanded = usesTransform(template);
  return [
    ...sectionProblems(document),
    ...resourceProblems(document, expanded),
    ...(expanded ? [] : [...danglingProblems(document), ...cycleProblems(document)]),
  ];
}

/** Macros make resources that the text does not show, so references cannot be judged by it. */
function usesTransform(template: Template): boolean {
  return template.Transform !== undefined || contains(template, 'Fn::Transform');
}

function contains(value: Json, key: string): boolean {
  if (Array.isArray(value)) return value.some((item) => contains(item, key));
  if (!isObject(value)) return false;
  return Object.hasOwn(value, key) || Object.values(value).some((item) => contains(item, key));
}

function* sectionProblems({ template, locate }: TemplateDocument): Generator<Problem> {
  for (const [name, section] of Object.entries(template)) {
    if (!SECTIONS.has(name)) {
      const meant = closest(name, SECTIONS);
      yield {
        message: `unknown section ${name}`,
        place: locate([name]),
        next: meant ? `Write ${meant} if that is meant.` : `Sections are ${[...SECTIONS].join(', ')}.`,
      };
    }
    const limit = LIMITS[name];
    if (limit === undefined) continue;
    if (!isObject(section)) {
      yield { message: `${name} has to be a map`, place: locate([name]) };
      continue;
    }
    const count = Object.keys(section).length;
    if (count > limit) {
      yield {
        message: `${count} ${name.toLowerCase()}; CloudFormation takes ${limit} in a template`,
        place: locate([name]),
        next: name === 'Resources' ? 'Split it into nested stacks.' : 'Remove some.',
      };
    }
  }
  if (isObject(template.Resources) && Object.keys(template.Resources).length === 0) {
    yield {
      message: 'Resources is empty',
      place: locate(['Resources']),
      next: 'Declare at least one resource.',
    };
  }
}

function* resourceProblems({ template, locate }: TemplateDocument, expanded: boolean): Generator<Problem> {
  for (const [id, resource] of Object.entries(template.Resources)) {
    const place = locate(['Resources', id]);
    if (id.startsWith('Fn::')) continue;
    if (!/^[A-Za-z0-9]{1,255}$/.test(id) && !(expanded && id.includes('${'))) {
      yield { subject: id, message: 'a logical ID has letters and digits only, up to 255', place };
    }
    if (!isObject(resource)) {
      yield { subject: id, message: 'a resource has to be a map', place };
    } else if (typeof resource.Type !== 'string') {
      yield {
        subject: id,
        message: 'the resource has no Type',
        place,
        next: 'Add one, such as AWS::Lambda::Function.',
      };
    } else if (
      resource.Properties !== undefined &&
      resource.Properties !== null &&
      !isObject(resource.Properties)
    ) {
      yield {
        subject: id,
        message: 'Properties has to be a map',
        place: locate(['Resources', id, 'Properties']),
      };
    }
  }
}

/** What each kind of reference may name. */
function declaredNames(template: Template): Record<Reference['kind'], (name: string) => boolean> {
  const keys = (section: Json | undefined) => new Set(isObject(section) ? Object.keys(section) : []);
  const resources = keys(template.Resources);
  const parameters = keys(template.Parameters);
  const conditions = keys(template.Conditions);
  const mappings = keys(template.Mappings);
  return {
    Ref: (name) => name.startsWith('AWS::') || resources.has(name) || parameters.has(name),
    GetAtt: (name) => resources.has(name),
    DependsOn: (name) => resources.has(name),
    Condition: (name) => conditions.has(name),
    FindInMap: (name) => mappings.has(name),
  };
}

function* danglingProblems({ template, locate }: TemplateDocument): Generator<Problem> {
  const declared = declaredNames(template);
  const candidates = [
    ...Object.keys(template.Resources),
    ...Object.keys(isObject(template.Parameters) ? template.Parameters : {}),
  ];
  for (const reference of templateReferences(template)) {
    if (declared[reference.kind](reference.name)) continue;
    const meant = closest(reference.name, candidates);
    yield {
      subject: String(reference.path[1] ?? reference.path[0]),
      message: `${reference.kind} names ${JSON.stringify(reference.name)}, which the template does not declare`,
      place: locate(reference.path),
      ...(meant && { next: `Write ${meant} if that is meant.` }),
    };
  }
}

/** References of everything that CloudFormation resolves, `DependsOn` and `Condition` keys included. */
function* templateReferences(template: Template): Generator<Reference> {
  for (const section of ['Conditions', 'Outputs'] as const) {
    for (const [name, value] of Object.entries(isObject(template[section]) ? template[section] : {})) {
      yield* references(value, [section, name]);
      if (isObject(value) && section === 'Outputs') yield* ownCondition(value, [section, name]);
    }
  }
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (isObject(resource)) yield* resourceReferences(id, resource);
  }
}

function* resourceReferences(id: string, resource: JsonObject): Generator<Reference> {
  const path = ['Resources', id];
  yield* ownCondition(resource, path);
  const after = resource.DependsOn;
  for (const name of Array.isArray(after) ? after : after === undefined ? [] : [after]) {
    if (typeof name === 'string') yield { kind: 'DependsOn', name, path: [...path, 'DependsOn'] };
  }
  // Policies keep a `Condition` of their own that is no reference; only maps with that single key are one.
  for (const key of ['Properties', 'CreationPolicy', 'UpdatePolicy'] as const) {
    for (const reference of references(resource[key] ?? null, [...path, key])) {
      if (reference.kind !== 'Condition' || reference.path.at(-1) !== 'Condition') yield reference;
    }
  }
}

function* ownCondition(value: JsonObject, path: TemplatePath): Generator<Reference> {
  if (typeof value.Condition === 'string')
    yield { kind: 'Condition', name: value.Condition, path: [...path, 'Condition'] };
}

/** The shortest cycle of resources that wait for one another, if there is one. */
function* cycleProblems({ template, locate }: TemplateDocument): Generator<Problem> {
  const waitsFor = new Map<string, Set<string>>();
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (!isObject(resource)) continue;
    const names = [...resourceReferences(id, resource)]
      .filter(
        ({ kind, name }) =>
          kind !== 'Condition' && kind !== 'FindInMap' && Object.hasOwn(template.Resources, name),
      )
      .map(({ name }) => name);
    waitsFor.set(id, new Set(names));
  }
  const cycle = shortestCycle(waitsFor);
  const [first] = cycle ?? [];
  if (!cycle || first === undefined) return;
  yield {
    subject: first,
    message: `resources wait for one another in a circle: ${[...cycle, first].join(' -> ')}`,
    place: locate(['Resources', first]),
    next: 'Remove one of these references.',
  };
}

/** Breadth-first from each node that lies on a cycle; nodes that cannot are removed first (Kahn). */
function shortestCycle(graph: Map<string, Set<string>>): string[] | undefined {
  const remaining = new Map(graph);
  for (let removed = true; removed; ) {
    removed = false;
    for (const [id, targets] of remaining) {
      if ([...targets].some((target) => remaining.has(target))) continue;
      remaining.delete(id);
      removed = true;
    }
  }
  let best: string[] | undefined;
  for (const start of remaining.keys()) {
    const from = new Map<string, string>();
    const queue = [start];
    search: for (const id of queue) {
      for (const target of remaining.get(id) ?? []) {
        if (target === start) {
          const path = [id];
          for (let at = id; at !== start; ) {
            at = from.get(at) ?? start;
            path.unshift(at);
          }
          if (!best || path.length < best.length) best = path;
          break search;
        }
        if (!from.has(target) && remaining.has(target)) {
          from.set(target, id);
          queue.push(target);
        }
      }
    }
  }
  return best;
}
