import { placeText } from '../problem.ts';
import type { CodeChange } from '../template/diff/code.ts';
import { isRevision } from '../template/diff/deletion-policy.ts';
import type { ChangedResource, ResourceDiff, TemplateDiff } from '../template/diff/types.ts';
import type { Report, RunTarget, StackReport } from './model.ts';

/** What happens to a resource, in a word. */
export type Action =
  | 'replaced'
  | 'may be replaced'
  | 'removed'
  | 'updated'
  | 'new revision'
  | 'code'
  | 'moved'
  | 'imported'
  | 'added';

/** The worst comes first, in tables too. */
export const ACTIONS: readonly Action[] = [
  'replaced',
  'may be replaced',
  'removed',
  'updated',
  'new revision',
  'code',
  'moved',
  'imported',
  'added',
];

export function actionOf(resource: ResourceDiff): Action {
  if (resource.kind === 'added' && resource.movedFrom !== undefined) return 'moved';
  if (resource.kind === 'added' && resource.imported) return 'imported';
  if (resource.kind !== 'changed') return resource.kind;
  if (isRevision(resource) && (resource.code || resource.impact !== 'update')) return 'new revision';
  if (resource.impact === 'replace') return 'replaced';
  if (resource.impact === 'may-replace') return 'may be replaced';
  return resource.changes.length === 0 ? 'code' : 'updated';
}

/** An action in words: what is done may not be known, but is not to come. */
export const actionText = (action: Action, { state }: Pick<StackReport, 'state'>): string =>
  state === 'deployed' && action === 'may be replaced' ? 'updated or replaced' : action;

/** `orders · eu-central-1 · prod: 1 replaced, 3 updated, code of 2 functions` */
export function verdict(stack: StackReport): string {
  const { stackName, region, stage } = stack;
  return `${[stackName, region, stage].filter(Boolean).join(' · ')}: ${verdictWords(stack)}`;
}

function verdictWords(stack: StackReport): string {
  if (stack.state === 'deleted') return 'deleted';
  if (stack.state === 'failed') return stack.failure ? 'failed' : 'not begun';
  if (stack.state === 'tested') return smokeWords([stack]);
  const what = changeWords([stack]);
  const done = stack.state === 'deployed';
  const words = what === '' ? (done ? 'deployed' : 'no changes') : done ? `deployed (${what})` : what;
  return `${words}${failedWords([stack])}`;
}

/** `, but 1 of 3 smoke tests failed`; empty when none did. */
function failedWords(stacks: readonly StackReport[]): string {
  const failed = failedTests(stacks);
  const { length } = testsOf(stacks);
  return failed === 0 ? '' : `, but ${failed} of ${length} smoke test${length === 1 ? '' : 's'} failed`;
}

const testsOf = (stacks: readonly StackReport[]) => stacks.flatMap(({ smokeTests = [] }) => smokeTests);

/** How many smoke tests failed. */
export const failedTests = (stacks: readonly StackReport[]): number =>
  testsOf(stacks).filter(({ passed }) => !passed).length;

/** `2 of 3 smoke tests passed` */
export function smokeWords(stacks: readonly StackReport[]): string {
  const { length } = testsOf(stacks);
  return `${length - failedTests(stacks)} of ${length} smoke test${length === 1 ? '' : 's'} passed`;
}

/** `1 replaced, 3 updated, code of 2 functions`; empty when nothing changes. */
export function changeWords(stacks: readonly StackReport[]): string {
  const diffs = stacks.map(({ diff }) => diff);
  const state = stacks.every((stack) => stack.state === 'deployed') ? 'deployed' : 'preview';
  const actions = diffs.flatMap(({ resources }) => resources.map(actionOf));
  const counts = ACTIONS.filter((action) => action !== 'code').flatMap((action) => {
    const count = actions.filter((each) => each === action).length;
    const plural = action === 'new revision' && count > 1 ? 's' : '';
    return count > 0 ? [`${count} ${actionText(action, { state })}${plural}`] : [];
  });
  const kinds = diffs.flatMap(codeChanges).map(({ code }) => code.kind);
  const code = KINDS_OF_CODE.flatMap((kind) => counted(kinds.filter((each) => each === kind).length, kind));
  const sum = (count: (stack: StackReport) => number): number =>
    stacks.reduce((total, stack) => total + count(stack), 0);
  const rest = [
    ...counted(
      sum(({ diff }) => diff.outputs.length),
      'output',
    ),
    ...counted(
      sum(({ diff, changedParameters }) => diff.parameters.length + changedParameters.length),
      'parameter',
    ),
    ...counted(
      sum(({ changedTags }) => changedTags.length),
      'tag',
    ),
    ...counted(
      sum(({ settings = [] }) => settings.length),
      'setting',
    ),
    ...counted(
      sum(({ diff }) => diff.other.length),
      'other entry',
    ),
  ];
  // Where everything is new, counting the resources says it all.
  const isNew = counts.length > 0 && stacks.every(({ base }) => base.kind === 'nothing');
  const words = [
    ...(stacks.some(({ base }) => base.kind === 'missing') ? ['not compared'] : []),
    ...counts,
    ...(code.length > 0 ? [`code of ${code.join(' and ')}`] : []),
    ...(isNew ? [] : rest),
    ...stacks.flatMap(instanceWords),
  ];
  return words.join(', ');
}

/** `2 instances added, 4 instances updated` */
const instanceWords = ({ instances = [] }: StackReport): readonly string[] =>
  (['added', 'updated', 'removed'] as const).flatMap((change) =>
    counted(instances.filter((each) => each.change === change).length, 'instance').map(
      (words) => `${words} ${change}`,
    ),
  );

const KINDS_OF_CODE: readonly CodeChange['kind'][] = ['function', 'layer', 'definition', 'nested template'];

const counted = (count: number, noun: string): string[] =>
  count === 0
    ? []
    : [`${count} ${count === 1 ? noun : noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`];

/** Functions, layers and other packaged things that get new content. */
export function codeChanges(
  diff: TemplateDiff,
): readonly (ChangedResource & { readonly code: CodeChange })[] {
  return diff.resources.filter(
    (each): each is ChangedResource & { code: CodeChange } =>
      each.kind === 'changed' && each.code !== undefined,
  );
}

/** Whether anything of a stack changes. */
export const hasChanges = (stack: StackReport): boolean => changeWords([stack]) !== '';

/** The heading of the whole report. */
export function headline(report: Report): string {
  const [first] = report.stacks;
  if (!first) return `${targetName(report.target)} · ${withoutStacks(report)}`;
  if (report.stacks.length === 1) return verdict(first);
  const targets = new Set(report.stacks.map(({ label }) => label?.name));
  if (!targets.has(undefined) && targets.size > 1) return targetsHeadline(report, targets.size);
  const changing = report.stacks.filter(hasChanges);
  const failed = report.stacks.filter(({ state }) => state === 'failed').length;
  const what =
    failed > 0
      ? `${failed} of ${report.stacks.length} failed`
      : report.state === 'tested'
        ? smokeWords(report.stacks)
        : changing.length === 0
          ? 'no changes'
          : changeWords(changing);
  const tests = report.state === 'tested' ? '' : failedWords(report.stacks);
  return `${report.stacks.length} stacks: ${what}${tests}`;
}

/** `60 targets: changes in 58, no changes in 2` */
function targetsHeadline({ stacks, state }: Report, count: number): string {
  const naming = (of: (stack: StackReport) => boolean): number =>
    new Set(stacks.filter(of).map(({ label }) => label?.name)).size;
  const done = state === 'deployed' || stacks.some((stack) => stack.state === 'deployed');
  const [failed, waiting] = [
    naming((stack) => stack.state === 'failed' && stack.failure !== undefined),
    naming((stack) => stack.state === 'failed' && stack.failure === undefined),
  ];
  const deleted = naming((stack) => stack.state === 'deleted');
  const changing = naming((stack) => stack.state !== 'failed' && hasChanges(stack));
  const same = count - failed - waiting - changing - deleted;
  const parts = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(waiting > 0 ? [`${waiting} not begun`] : []),
    ...(deleted > 0 ? [`${deleted} deleted`] : []),
    ...(changing > 0 ? [`${done ? '' : 'changes in '}${changing}${done ? ' deployed' : ''}`] : []),
    ...(same > 0 ? [`no changes in ${same}`] : []),
  ];
  return `${count} targets: ${parts.join(', ')}${failedWords(stacks)}`;
}

/** `orders · eu-central-1`, or the folder where no stack is known. */
function targetName({ stackNames, folder: given, selected, region, stage }: RunTarget): string {
  const folder = given === '.' ? 'this repository' : given;
  if (stackNames.length > 3) return `${stackNames.length} stacks of ${folder}`;
  const source = selected === '' ? folder : `${folder} (${selected})`;
  const name = stackNames.length > 0 ? stackNames.join(', ') : source;
  return [name, region, stage].filter(Boolean).join(' · ');
}

/** Characters of a headline that a reason may have; all of it stands below. */
const LONGEST_REASON = 120;

function withoutStacks({ state, problems }: Report): string {
  const [first] = problems;
  if (state !== 'failed' || !first) return state === 'failed' ? 'failed' : 'nothing to do';
  const where = first.place ? `${placeText(first.place)} ` : '';
  const reason = `${where}${first.subject ? `${first.subject}: ` : ''}${first.message}`;
  const short = reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason;
  return `failed: ${short.replaceAll(/\s+/g, ' ')}`;
}
