import { GITHUB_ENVIRONMENT, ROLE_ARN, STACK_NAME } from '../parse/patterns.ts';
import { check, type Fault } from '../service/schema/check.ts';
import type { TemplatePath } from '../template/types.ts';
import { circles } from '../template/validate/circles.ts';
import { closest } from '../text/closest.ts';
import { besideFaults, NO_OTHERS, type OtherTarget, type OtherTargets } from './beside-faults.ts';
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
  if (shape) {
    const { rest, others } = besideFaults(file, [shape, ...shapes]);
    return { faults: [shape, ...shapes, ...(rest ? judged(rest, others).faults : [])] };
  }
  const { targets, faults } = judged(file as TargetsFile, NO_OTHERS);
  const [fault, ...more] = faults;
  if (fault) return { faults: [fault, ...more] };
  const [first, ...others] = targets;
  if (first) return { drafts: [first, ...others] };
  return { faults: [{ path: [], message: 'there are no targets', next: 'Give targets, or matrix.' }] };
}

/** @param others targets that stand beside these */
function judged(
  file: TargetsFile,
  others: OtherTargets,
): { readonly targets: readonly TargetDraft[]; readonly faults: readonly Fault[] } {
  const { written, unused } = expand(file, others.indices);
  const faults: Fault[] = [...unused];
  if (written.length > MOST_TARGETS)
    faults.push({
      path: [],
      message: `there are ${written.length} targets; at most ${MOST_TARGETS} are allowed`,
      next: 'Deploy hundreds of accounts by a stack set.',
    });
  const drafts = written.map((each) => draftOf(each, faults));
  faults.push(...sameNames([...drafts, ...others.known]), ...sameStacks(drafts));
  const all = { all: [...drafts, ...others.known], areAll: others.areAll };
  const withNeeds = <T extends OtherTarget>(each: T): T => ({ ...each, needs: needsOf(each, all, faults) });
  const targets = drafts.map(withNeeds);
  faults.push(...inCircles([...targets, ...others.known.map(withNeeds)]));
  return { targets, faults };
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
  const { path, axes, places } = written;
  const at = (field: string): TemplatePath => places[field] ?? path;
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
          path: at(field),
          message: `${named ? `${field} of ${known.name ?? 'a combination'} ` : ''}says ${placeholder}, and it has no ${key}`,
          next: `Give its ${key}.`,
        });
      return value ?? placeholder;
    });
  const accepted = (field: string, text: string, { pattern, accepts }: typeof TARGET_NAME): string => {
    const value = filled(field, text);
    if (!pattern.test(value))
      faults.push({
        path: at(field),
        message: `${named ? `${field} ` : ''}${JSON.stringify(value)} is not ${accepts}`,
      });
    return value;
  };
  const name = accepted('name', written.name ?? axes.map((axis) => known[axis] ?? '').join('-'), TARGET_NAME);
  known.name = name;
  if (written.externalId !== undefined && written.roleToAssume === undefined)
    faults.push({
      path: at('externalId'),
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
    places,
  };
}

/** Two targets of one name. Files and folders are called by targets, and many disks take `a` and `A` for one. */
function* sameNames(drafts: readonly OtherTarget[]): Generator<Fault> {
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
}

/** Two targets that are one stack. */
function* sameStacks(drafts: readonly TargetDraft[]): Generator<Fault> {
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

function needsOf(
  draft: OtherTarget,
  { all, areAll }: { readonly all: readonly OtherTarget[]; readonly areAll: boolean },
  faults: Fault[],
): readonly string[] {
  const others = all.filter((each) => each !== draft);
  const found = draft.needs.flatMap((pattern) => {
    const meant = matching(pattern, pattern.includes('*') ? others : all);
    if (meant.length === 0 && areAll) {
      const close = closest(
        pattern,
        others.map(({ name }) => name),
      );
      faults.push({
        path: draft.places.needs ?? draft.path,
        message: `${draft.name} needs ${pattern}, and there is no such target`,
        next: close ? `Write ${close} if that is meant.` : 'Give the name of a target.',
      });
    }
    return meant.map(({ name }) => name);
  });
  return [...new Set(found)];
}

function inCircles(drafts: readonly OtherTarget[]): Fault[] {
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
