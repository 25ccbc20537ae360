import type { StackReport, TargetLabel } from '../model.ts';
import { hasChanges } from '../verdict.ts';

/** A stack of one of several targets. */
export type TargetStack = StackReport & { readonly label: TargetLabel };

/** What some targets have in common: a stack for all of them, of which only that is left. */
export interface Group {
  readonly names: readonly string[];
  /** Of how many whose plan is known. */
  readonly of: number;
  readonly stack: StackReport;
}

/** Whether a report is of several targets, which are told of together. */
export const isOfTargets = (stacks: readonly StackReport[]): stacks is readonly TargetStack[] =>
  stacks.length > 1 && stacks.every(({ label }) => label !== undefined);

/** What is shown of changes: equal ones once, then what differs, the largest group first. */
export function groupsOf(stacks: readonly TargetStack[]): readonly Group[] {
  const shown = stacks.filter((stack) => stack.state !== 'failed' && isWorthShowing(stack));
  // Two stacks of one target are two things; where nothing changes, there is nothing in common with changes.
  const services = Map.groupBy(shown, (stack) =>
    JSON.stringify([stack.label.service, baseName(stack), hasChanges(stack)]),
  );
  return [...services.values()].flatMap(ofService);
}

/** A stack for each group, for pictures and pages. */
export const shownStacks = (stacks: readonly StackReport[]): readonly StackReport[] =>
  isOfTargets(stacks) ? groupsOf(stacks).map(({ stack }) => stack) : stacks;

const isWorthShowing = (stack: StackReport): boolean =>
  hasChanges(stack) ||
  Boolean(stack.notes?.length || stack.smokeTests || stack.verification) ||
  [stack.refused, stack.lacking, stack.unpinned].some((each) => each && each.length > 0);

/** What a stack is called without what tells targets apart. */
const baseName = (stack: TargetStack): string => neutral(stack)(JSON.stringify(stack.stackName));

function ofService(stacks: readonly TargetStack[]): readonly Group[] {
  const items = new Map(stacks.map((stack) => [stack, itemsOf(stack)] as const));
  const [first, ...others] = stacks;
  if (!first) return [];
  const common = new Set(
    [...(items.get(first)?.keys() ?? [])].filter((key) => others.every((each) => items.get(each)?.has(key))),
  );
  const group = (members: readonly TargetStack[], keys: ReadonlySet<string>): Group[] => {
    const [shown] = members;
    if (!shown) return [];
    const names = [...new Set(members.map(({ label }) => label.name))];
    return [{ names, of: stacks.length, stack: only(shown, keys) }];
  };
  const rest = Map.groupBy(stacks, (stack) =>
    JSON.stringify([...(items.get(stack)?.keys() ?? [])].filter((key) => !common.has(key)).sort()),
  );
  const differing = [...rest]
    .filter(([keys]) => keys !== '[]')
    .toSorted(([, a], [, b]) => b.length - a.length)
    .flatMap(([keys, members]) => group(members, new Set(JSON.parse(keys) as string[])));
  return common.size > 0 ? [...group(stacks, common), ...differing] : differing;
}

/** Lists of a stack's report that are told apart item by item. */
const LISTS = ['notes', 'settings', 'refused', 'unpinned', 'lacking', 'drift', 'changedTags'] as const;
const DIFFS = ['resources', 'outputs', 'parameters', 'other', 'iam'] as const;
const WHOLES = ['smokeTests', 'verification'] as const;

/** Everything that is told of a stack, by a key that is the same where it says the same of other targets. */
function itemsOf(stack: TargetStack): ReadonlySet<string> & Pick<Set<string>, 'keys'> {
  const key = keyFor(stack);
  const found = new Set<string>();
  for (const name of DIFFS) for (const item of stack.diff[name]) found.add(key(name, item));
  for (const name of LISTS) for (const item of stack[name] ?? []) found.add(key(name, item));
  for (const name of WHOLES) if (stack[name]) found.add(key(name, namesOf(stack[name])));
  for (const name of stack.changedParameters)
    found.add(key('changedParameters', [name, stack.parameterValues?.[name]]));
  return found;
}

/** How long tests took differs each time. */
const namesOf = (tests: NonNullable<StackReport['smokeTests']>) =>
  tests.map(({ file, function: name, passed, failures }) => [file, name, passed, failures]);

/** The stack with those of its items only. */
function only(stack: TargetStack, keys: ReadonlySet<string>): StackReport {
  const key = keyFor(stack);
  const left = <T>(name: string, items: readonly T[]): readonly T[] =>
    items.filter((item) => keys.has(key(name, item)));
  const { diff } = stack;
  const whole = (name: (typeof WHOLES)[number]) =>
    stack[name] && keys.has(key(name, namesOf(stack[name]))) ? { [name]: stack[name] } : {};
  const { smokeTests: _, verification: __, ...rest } = stack;
  return {
    ...rest,
    diff: {
      resources: left('resources', diff.resources),
      outputs: left('outputs', diff.outputs),
      parameters: left('parameters', diff.parameters),
      other: left('other', diff.other),
      iam: left('iam', diff.iam),
    },
    changedParameters: stack.changedParameters.filter((name) =>
      keys.has(key('changedParameters', [name, stack.parameterValues?.[name]])),
    ),
    changedTags: left('changedTags', stack.changedTags),
    ...(stack.notes && { notes: left('notes', stack.notes) }),
    ...(stack.settings && { settings: left('settings', stack.settings) }),
    ...(stack.refused && { refused: left('refused', stack.refused) }),
    ...(stack.unpinned && { unpinned: left('unpinned', stack.unpinned) }),
    ...(stack.lacking && { lacking: left('lacking', stack.lacking) }),
    ...(stack.drift && { drift: left('drift', stack.drift) }),
    ...whole('smokeTests'),
    ...whole('verification'),
    // Each target has its own; they are told of together.
    outputs: {},
  };
}

const keyFor = (stack: TargetStack) => {
  const name = neutral(stack);
  return (list: string, item: unknown): string => `${list} ${name(JSON.stringify(item) ?? '')}`;
};

/** A text without what the target itself is called: its own name, stack, stage, region and account. */
function neutral({ label, stackName, stage, region }: TargetStack): (text: string) => string {
  const own = [label.name, stackName, region, label.account, stage].filter(
    (each) => each !== undefined && each !== '',
  ) as string[];
  const words = own.map((each) => each.replace(/[\\^$.*+?()[\]{}|-]/g, '\\$&'));
  const expression = new RegExp(`(?<![A-Za-z0-9])(?:${words.join('|')})(?![A-Za-z0-9])`, 'g');
  return (text) => text.replace(expression, '\0');
}
