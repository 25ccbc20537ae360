import { GITHUB_ENVIRONMENT, ROLE_ARN, STACK_NAME } from '../parse/patterns.ts';
import { check, type Fault } from '../service/schema/check.ts';
import { circles } from '../template/validate/circles.ts';
import { closest } from '../text/closest.ts';
import type { ParametersPart, TargetsFile } from './definition.ts';
import { AXES, expand, type Written } from './expand.ts';
import { MOST_TARGETS, targetsSchema } from './schema.ts';
import type { TargetDraft } from './target.ts';
import { matching } from './waves.ts';

/** The targets, or everything that is wrong with them. */
export type ParsedTargets =
  | { readonly drafts: readonly [TargetDraft, ...TargetDraft[]] }
  | { readonly faults: readonly [Fault, ...Fault[]] };

/** What other targets, outputs and jobs call a target. */
const TARGET_NAME = {
  pattern: /^[A-Za-z0-9][\w.-]{0,99}$/,
  accepts: 'a name of up to 100 letters, digits, - _ .',
};

/** Checks a whole definition of targets, and fills in what it leaves to others. */
export function parseTargets(value: unknown): ParsedTargets {
  const file = asFile(value);
  const [shape, ...shapes] = check(targetsSchema, file);
  if (shape) return { faults: [shape, ...shapes] };
  const { written, unused } = expand(file as TargetsFile);
  const faults: Fault[] = [...unused];
  if (written.length > MOST_TARGETS)
    faults.push({
      path: [],
      message: `there are ${written.length} targets; at most ${MOST_TARGETS} are allowed`,
      next: 'Deploy hundreds of accounts by a stack set.',
    });
  const drafts = written.map((each) => draftOf(each, faults));
  faults.push(...twice(drafts));
  const needing = drafts.map((draft) => ({ ...draft, needs: needsOf(draft, drafts, faults) }));
  faults.push(...inCircles(needing));
  const [fault, ...more] = faults;
  if (fault) return { faults: [fault, ...more] };
  const [first, ...others] = needing;
  if (first) return { drafts: [first, ...others] };
  return { faults: [{ path: [], message: 'there are no targets', next: 'Give targets, or matrix.' }] };
}

/** A list is all targets; editors are told by `$schema` what a file holds. */
function asFile(value: unknown): unknown {
  if (Array.isArray(value)) return { targets: value };
  if (typeof value !== 'object' || value === null || !('$schema' in value)) return value;
  const { $schema: _, ...rest } = value;
  return rest;
}

/** What stands for something of the target. */
const PLACEHOLDER = /\{(name|stage|region|account|service)\}/g;

function draftOf(written: Written, faults: Fault[]): TargetDraft {
  const { path, axes } = written;
  const known: Record<string, string | undefined> = {
    ...Object.fromEntries(AXES.map((axis) => [axis, written[axis]])),
    service: written.service?.split('/').findLast((step) => step !== '' && step !== '.'),
  };
  const named = axes.length > 0;
  const filled = (field: string, text: string): string =>
    text.replace(PLACEHOLDER, (placeholder, key: string) => {
      const value = known[key];
      if (value === undefined)
        faults.push({
          path: [...path, ...(named ? [] : [field])],
          message: `${named ? `${field} of ${known.name ?? 'a combination'} ` : ''}says ${placeholder}, and it has no ${key}`,
          next: `Give its ${key}.`,
        });
      return value ?? placeholder;
    });
  const accepted = (field: string, text: string, { pattern, accepts }: typeof TARGET_NAME): string => {
    const value = filled(field, text);
    if (!pattern.test(value))
      faults.push({
        path: [...path, ...(named ? [] : [field])],
        message: `${named ? `${field} ` : ''}${JSON.stringify(value)} is not ${accepts}`,
      });
    return value;
  };
  const name = accepted('name', written.name ?? axes.map((axis) => known[axis] ?? '').join('-'), TARGET_NAME);
  known.name = name;
  if (written.externalId !== undefined && written.roleToAssume === undefined)
    faults.push({
      path,
      message: `${name} has an externalId and no roleToAssume that could ask for it`,
      next: 'Give it a roleToAssume, or leave externalId out.',
    });
  const checked = (field: 'roleToAssume' | 'stackName' | 'approve', kind: typeof TARGET_NAME) => {
    const given = written[field];
    return given === undefined ? undefined : accepted(field, given, kind);
  };
  const map = (field: string, values: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, filled(field, String(value))]));
  return {
    name,
    service: written.service,
    stage: written.stage,
    region: written.region,
    account: written.account,
    roleToAssume: checked('roleToAssume', ROLE_ARN),
    externalId: written.externalId && filled('externalId', written.externalId),
    stackName: checked('stackName', STACK_NAME),
    parameters: ([written.parameters ?? []].flat() as readonly ParametersPart[]).map((part) =>
      typeof part === 'string' ? filled('parameters', part) : map('parameters', part),
    ),
    tags: map('tags', written.tags ?? {}),
    needs: [written.needs ?? []].flat().map((each) => filled('needs', each)),
    approve: checked('approve', GITHUB_ENVIRONMENT),
    path,
  };
}

/**
 * Two targets of one name, or that are one stack. Files and folders are called by targets, and many disks take `a` and `A`
 * for one.
 */
function* twice(drafts: readonly TargetDraft[]): Generator<Fault> {
  for (const [first, ...others] of Map.groupBy(drafts, ({ name }) => name.toLowerCase()).values()) {
    const [second] = others;
    if (!first || !second) continue;
    const names = new Set([first, ...others].map(({ name }) => name));
    yield {
      path: second.path,
      message:
        names.size === 1
          ? `there are ${others.length + 1} targets called ${first.name}`
          : `the names ${[...names].join(' and ')} differ in nothing but case, and are one folder on many disks`,
      next: 'Give each its own name.',
    };
  }
  const stackOf = ({ stackName, service, stage, region, account, roleToAssume }: TargetDraft): string =>
    JSON.stringify([stackName ?? [service, stage], region, account ?? roleToAssume]);
  for (const [first, second] of Map.groupBy(drafts, stackOf).values())
    if (first && second && first.name !== second.name)
      yield {
        path: second.path,
        message: `${first.name} and ${second.name} are the same stack`,
        next: 'Give them different stages, regions, accounts or stack names.',
      };
}

function needsOf(draft: TargetDraft, all: readonly TargetDraft[], faults: Fault[]): readonly string[] {
  const others = all.filter((each) => each !== draft);
  const found = draft.needs.flatMap((pattern) => {
    const meant = matching(pattern, pattern.includes('*') ? others : all);
    if (meant.length === 0) {
      const close = closest(
        pattern,
        others.map(({ name }) => name),
      );
      faults.push({
        path: draft.path,
        message: `${draft.name} needs ${pattern}, and there is no such target`,
        next: close ? `Write ${close} if that is meant.` : 'Give the name of a target.',
      });
    }
    return meant.map(({ name }) => name);
  });
  return [...new Set(found)];
}

function inCircles(drafts: readonly TargetDraft[]): Fault[] {
  const graph = new Map(drafts.map(({ name, needs }) => [name, new Set(needs)]));
  return circles(graph).map((circle) => {
    const [first = ''] = circle;
    return {
      path: drafts.find(({ name }) => name === first)?.path ?? [],
      message: `targets need one another in a circle: ${[...circle, first].join(' -> ')}`,
      next: 'Remove one of these needs.',
    };
  });
}
