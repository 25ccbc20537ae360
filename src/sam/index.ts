import { isObject, type Json, type JsonObject, type TemplatePath } from '../template/types.ts';
import { fixDefinitions, prepareApis } from './api/index.ts';
import { checkProperties } from './checks/property-table.ts';
import { placeConnectors, takeConnectors } from './connector/embedded.ts';
import { type Build, keysInOrder, References } from './context.ts';
import { Deployments } from './function/deployments.ts';
import { TYPES } from './generators.ts';
import { Globals } from './globals.ts';
import { usesHashOrder } from './hash-order-use.ts';
import { expandLanguage, usesExtensions } from './language.ts';
import { makersOf } from './makers.ts';
import { isOverwritable } from './overwritable.ts';
import { allParameters, partitionOf } from './parameters.ts';
import { refuseTemplate, SamRefusal } from './problems.ts';
import { clone } from './python/values.ts';
import { ResolvedParameters } from './references/resolve.ts';
import { rewriteReferences } from './references/rewrite-references.ts';
import { sourceOf, written } from './resource.ts';
import type { SamProblem, TransformContext, Transformed } from './types.ts';

export type { SamProblem, TransformContext, Transformed } from './types.ts';

/** What logical IDs are. */
const ALPHANUMERIC = /^[A-Za-z0-9]+$/;

/** What SAM's types begin with. */
const PREFIX = 'AWS::Serverless::';

/**
 * What `AWS::LanguageExtensions` and `AWS::Serverless-2016-10-31` make of a template: the same resources, under the same
 * logical IDs, as AWS makes of it. The yardstick is aws-sam-translator.
 */
export function transform(template: JsonObject, context: TransformContext): Transformed {
  if (!usesExtensions(template)) return transformPlain(clone(template), context);
  const plain = expandLanguage(template, context);
  if (plain.problems.length > 0)
    return { template: plain.template, origins: new Map(), problems: plain.problems };
  // Values of parameters and mappings may stand in it more than once.
  const made = transformPlain(clone(plain.template), context);
  return {
    ...made,
    problems: made.problems.map((problem) => ({ ...problem, path: placed(problem.path, plain.places) })),
  };
}

/** Where the author wrote something: what a loop makes stands in the loop. */
function placed(path: TemplatePath, places: ReadonlyMap<string, TemplatePath>): TemplatePath {
  const [section, id, ...rest] = path;
  const place = section === 'Resources' ? places.get(String(id)) : undefined;
  return place ? [...place, ...rest] : path;
}

/** @param own is changed */
function transformPlain(own: JsonObject, context: TransformContext): Transformed {
  const problems: SamProblem[] = [];
  const origins = new Map<string, readonly string[]>();
  collect(problems, () => {
    const build = begin(own, context, problems);
    const authored = new Set(Object.keys(build.resources));
    prepare(build);
    if (problems.length > 0) return;
    const makers = makersOf(build.resources, authored);
    for (const logicalId of inOrder(build)) {
      const before = problems.length;
      generate(logicalId, build, { origins, makers: makers.get(logicalId) ?? [logicalId] });
      const [maker] = makers.get(logicalId) ?? [];
      // Nobody wrote it, so the problem is told where it comes from.
      if (maker !== undefined)
        for (let index = before; index < problems.length; index++)
          problems[index] = {
            ...(problems[index] as SamProblem),
            logicalId: maker,
            path: ['Resources', maker],
          };
    }
    collect(problems, () => build.deployments.finish(build, origins));
    placeConnectors(build, origins);
    own.Resources = build.output;
    delete own.Transform;
    if (problems.length === 0) rewriteReferences(own, build);
  });
  return { template: own, origins, problems };
}

/** Runs a step; what it refuses becomes one of the problems. */
function collect(problems: SamProblem[], step: () => void): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof SamRefusal)) throw error;
    problems.push(error.problem);
  }
}

function begin(template: JsonObject, context: TransformContext, problems: SamProblem[]): Build {
  const { Resources, Mappings = {}, Conditions } = template;
  if (!isObject(Resources) || Object.keys(Resources).length === 0)
    return refuseTemplate(['Resources'], 'the template has no resources, which it needs');
  for (const [logicalId, resource] of Object.entries(Resources)) checkShape(logicalId, resource, problems);
  if (problems.length > 0) throw new SamRefusal(problems.pop() as SamProblem);
  if (!isObject(Mappings)) return refuseTemplate(['Mappings'], 'Mappings has to be a map');
  return {
    context,
    region: context.region,
    partition: context.partition ?? partitionOf(context.region),
    template,
    resources: Resources,
    output: {},
    conditions: isObject(Conditions) ? Conditions : undefined,
    parameters: new ResolvedParameters(allParameters(template, context), Mappings),
    references: new References(),
    deployments: new Deployments(),
    hasHashOrder: usesHashOrder(template),
    shared: new Map(),
    problems,
    renamed: new Map(),
  };
}

function checkShape(logicalId: string, resource: Json, problems: SamProblem[]): void {
  const path = ['Resources', logicalId];
  if (!isObject(resource))
    problems.push({
      logicalId,
      path,
      message: 'a resource has to be a map',
      next: 'Mend its indentation if the file is YAML.',
    });
  else if (isSam(resource)) {
    const { Condition, Properties = {} } = resource;
    if (Condition && typeof Condition !== 'string')
      problems.push({
        logicalId,
        path: [...path, 'Condition'],
        message: 'Condition has to be the name of a condition',
      });
    if (!isObject(Properties))
      problems.push({ logicalId, path: [...path, 'Properties'], message: 'Properties has to be a map' });
  }
}

const isSam = (resource: JsonObject): boolean =>
  typeof resource.Type === 'string' &&
  resource.Type.startsWith(PREFIX) &&
  Object.hasOwn(TYPES, resource.Type.slice(PREFIX.length));

/** What the transform does to the template as a whole, before any resource is generated. */
function prepare(build: Build): void {
  prepareApis(build);
  const globals = new Globals(build.template.Globals, build.problems);
  for (const logicalId of keysInOrder(build.resources, build)) {
    const resource = build.resources[logicalId];
    if (isObject(resource) && isSam(resource))
      collect(build.problems, () => globals.mergeInto(logicalId, resource));
  }
  delete build.template.Globals;
  fixDefinitions(build);
  takeConnectors(build);
  Object.assign(build.output, build.resources);
}

/** Logical IDs of SAM resources, in the order in which they are generated. */
function inOrder(build: Build): readonly string[] {
  const ranked = keysInOrder(build.resources, build).flatMap((logicalId) => {
    const resource = build.resources[logicalId];
    return isObject(resource) && isSam(resource) ? [{ logicalId, rank: typeOf(resource).rank }] : [];
  });
  return ranked.sort((one, other) => one.rank - other.rank).map(({ logicalId }) => logicalId);
}

function typeOf(resource: JsonObject) {
  const type = TYPES[String(resource.Type).slice(PREFIX.length)];
  if (!type) throw new Error(`no generator for ${String(resource.Type)}`);
  return type;
}

function generate(
  logicalId: string,
  build: Build,
  { origins, makers }: { origins: Map<string, readonly string[]>; makers: readonly string[] },
): void {
  const resource = build.resources[logicalId];
  if (!isObject(resource)) return;
  const type = typeOf(resource);
  collect(build.problems, () => {
    const source = sourceOf(logicalId, resource);
    if (!ALPHANUMERIC.test(logicalId))
      throw new SamRefusal({
        logicalId,
        path: ['Resources', logicalId],
        message: 'a logical ID has letters and digits only',
      });
    const path = ['Resources', logicalId, 'Properties'];
    const wrong = checkProperties(source.properties, type.properties, {
      logicalId,
      path,
      type: String(resource.Type),
      ...(type.skipsUnknown && { skipsUnknown: true }),
    });
    if (wrong.length > 0) {
      build.problems.push(...wrong);
      return;
    }
    const made = type.generate(source, build);
    // Maps from which much is deleted are slow, and most resources are replaced by one of the same logical ID.
    if (!made.some((each) => each.logicalId === logicalId)) delete build.output[logicalId];
    for (const part in type.parts) {
      const partType = type.parts[part];
      const target = made.findLast((each) => each.type === partType);
      if (target) build.references.add(build.renamed.get(logicalId) ?? logicalId, part, target.logicalId);
    }
    for (const each of made) {
      if (!ALPHANUMERIC.test(each.logicalId)) {
        build.problems.push({
          logicalId,
          path,
          message: `the transform would make ${each.type} of the logical ID '${each.logicalId}', which has to be letters and digits`,
          next: 'Mend the name that it is made of.',
        });
        continue;
      }
      const existing = build.resources[each.logicalId];
      if (isObject(existing) && !isOverwritable(each.type, existing.Type)) {
        build.problems.push({
          logicalId,
          path: ['Resources', each.logicalId],
          message: `the transform makes ${each.type} ${each.logicalId} for this resource, but the template has another resource of this logical ID`,
          next: `Rename ${each.logicalId}.`,
        });
        continue;
      }
      const whole = written(each);
      const isNew = each.logicalId === logicalId || !Object.hasOwn(build.output, each.logicalId);
      if (build.context.passthroughMetadata && resource.Metadata && isNew) whole.Metadata = resource.Metadata;
      build.output[each.logicalId] = whole;
      const known = origins.get(each.logicalId);
      origins.set(each.logicalId, known ? [...new Set([...known, ...makers])] : makers);
    }
  });
}
