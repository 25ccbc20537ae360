import { count, fields, list, matching, optional, text } from '../parse/shape.ts';
import { ProblemError } from '../problem.ts';

/** What one job found out for others: which targets there are, in which waves, and what each deploys. */
export interface TargetsPlan {
  /** That was built. */
  readonly commit: string | undefined;
  readonly targets: readonly PlannedTarget[];
  /** Names of targets that nothing touches: no job is about them. */
  readonly untouched: readonly string[];
}

/** A target that has a job of its own. */
export interface PlannedTarget {
  readonly name: string;
  /** Folder of the service, relative to the workspace. */
  readonly service: string;
  readonly stage?: string | undefined;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  /** From 0. */
  readonly wave: number;
  /** What its stacks are called. */
  readonly stackNames: readonly string[];
  /** Name of the assembly that it deploys; targets may share one. */
  readonly assembly: string;
  /** Why it is touched. */
  readonly because: readonly string[];
}

/** Where a plan is handed on, relative to the workspace. */
export const PLAN_FOLDER = '.sparta/plan';
export const PLAN_FILE = 'plan.json';

const VERSION = 1;
/** Characters. */
const LONGEST = 4 * 1024 * 1024;

const name = matching('the name of a target', /^[A-Za-z0-9][\w.-]{0,99}$/);
const stored = fields({
  version: (given, at) => (given === VERSION ? [] : [`${at} has to be ${VERSION}`]),
  commit: optional(matching('a commit', /^[0-9a-f]{40,64}$/)),
  targets: list(
    fields({
      name,
      service: text,
      stage: optional(matching('a stage', /^[\w.-]{1,64}$/)),
      region: optional(matching('a region', /^[a-z0-9-]{1,40}$/)),
      account: optional(matching('an account', /^\d{12}$/)),
      wave: count,
      stackNames: list(matching('the name of a stack', /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/)),
      assembly: name,
      because: list(text),
    }),
  ),
  untouched: list(name),
});

export const writePlan = (plan: TargetsPlan): string =>
  `${JSON.stringify({ version: VERSION, ...plan }, undefined, 2)}\n`;

/**
 * Reads what another job handed on, which may be anything.
 *
 * @throws ProblemError when it is not exactly what a plan is
 */
export function parsePlan(content: string): TargetsPlan {
  const refuse = (message: string): ProblemError =>
    new ProblemError({
      message: `the plan in ${PLAN_FOLDER} is not used: ${message}`,
      next: 'Hand on what the same version of the action has left there.',
    });
  if (content.length > LONGEST) throw refuse(`it has more than ${LONGEST} characters`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch {
    throw refuse('it is not JSON');
  }
  const [first] = stored(parsed, '');
  if (first !== undefined) throw refuse(first.slice(0, 200));
  const { commit, targets, untouched } = parsed as TargetsPlan;
  const names = [...targets.map((target) => target.name), ...untouched].map((each) => each.toLowerCase());
  if (new Set(names).size < names.length) throw refuse('two targets have one name');
  return { commit, targets, untouched };
}
