import { planHash } from '../../assembly/plan-hash.ts';
import type { RenderedStack } from '../../assembly/render.ts';
import type { StackAssembly } from '../../assembly/types.ts';
import { stateOf } from '../../aws/stack/stack-states.ts';
import { isEnvironmentTag } from '../../environments/tag-names.ts';
import { accountHash } from '../../hash/account-hash.ts';
import type { DiffBase, SettingChange, StackReport } from '../../report/model.ts';
import { parameterValues } from '../../report/values/parameter-values.ts';
import { hasChanges } from '../../report/verdict.ts';
import { withoutBookkeeping } from '../../template/diff/bookkeeping.ts';
import { NOTHING } from '../../template/diff/types.ts';
import { noEchoParameters, ssmParameters } from '../../template/parameters.ts';
import type { Template } from '../../template/types.ts';
import { equivalent } from '../../template/values/equivalence.ts';
import { keptDefaultNotes, knownNow } from './known-templates.ts';
import type { Level } from './levels/level.ts';
import type { Deployed } from './look-up-stack.ts';
import { type StackSettings, settingChanges } from './settings.ts';
import type { FoundStack, StackPlan } from './stack-plan.ts';

/** What a stack is compared with, and where it is. */
export interface ComparedWith {
  readonly before: Level | undefined;
  readonly base: DiffBase;
  readonly region: string | undefined;
  readonly stage: string | undefined;
  readonly account: string | undefined;
  readonly settings: StackSettings;
  /** How a change is made; see {@link wayNotes}. */
  readonly way: readonly string[];
}

/** What would change, for people; with a picture where something does. */
export async function compare(
  { stack, deployed }: { readonly stack: StackAssembly; readonly deployed: Deployed },
  rendered: RenderedStack,
  { before, base, region, stage, account, settings, way }: ComparedWith,
): Promise<StackReport> {
  // Not before there is something to compare: AWS's replacement data comes with it.
  const { compareLevels } = await import('./levels/compare-nested.ts');
  const { assembledLevel } = await import('./levels/level.ts');
  const { codeFiles, installNotes } = await import('./code-files.ts');
  const now = knownNow(rendered, deployed);
  const after = await assembledLevel({ stack, rendered, region }, now);
  const { diff, names, madeBy, unread } =
    base.kind === 'missing'
      ? { diff: NOTHING, names: {}, madeBy: {}, unread: [] }
      : await compareLevels(before, after, stack.displayName);
  const former = (deployed.kind === 'stack' ? deployed.stack.parameters : before?.known) ?? {};
  const changedParameters = before ? changedParametersOf(now.template, rendered.parameters, former) : [];
  const files = await codeFiles(stack, { diff, madeBy });
  const notes = [...unread, ...keptDefaultNotes(rendered, deployed), ...installNotes(files)];
  const sizes = codeSizes(stack);
  const compared: StackReport = {
    stackName: stack.stackName,
    region,
    stage,
    state: 'preview',
    base,
    diff,
    changedParameters,
    parameterValues: parameterValues(changedParameters, former, rendered.parameters),
    changedTags: changedTagsOf(stack, deployed),
    settings: settingChanges(settings, deployed),
    names,
    madeBy,
    codeSizes: sizes,
    codeFiles: files,
    planHash: planHash(stack, settings),
    accountHash: accountHash(account),
    outputs: {},
    failure: undefined,
    ...(notes.length > 0 && { notes }),
  };
  const report = withWayNotes(withoutIdleSettings(compared), way);
  // Of an unchanged stack nobody looks at a picture, and to lay it out takes a fifth of a preview.
  if (!hasChanges(report)) return report;
  const { drawLevels } = await import('./levels/draw-levels.ts');
  const drawn = await drawLevels(
    { before, after, diff: base.kind === 'missing' ? undefined : diff },
    { displayName: stack.displayName, codeSizes: sizes },
  );
  return { ...report, ...drawn };
}

/** How the change is made, where that differs from what people expect; of no interest where nothing changes. */
function withWayNotes(report: StackReport, way: readonly string[]): StackReport {
  return way.length > 0 && hasChanges(report)
    ? { ...report, notes: [...(report.notes ?? []), ...way] }
    : report;
}

/** What of a stack's settings only a change of something else sets, and how that is told. */
const IDLE: Readonly<Partial<Record<SettingChange['name'], (after: string) => string>>> = {
  'role of CloudFormation': (role) => `CloudFormation works with the role ${role} from the next change on.`,
  'rollback alarms': (alarms) =>
    alarms === 'none'
      ? 'CloudFormation watches no alarms from the next change on.'
      : `CloudFormation watches ${alarms} from the next change on.`,
  'monitoring minutes': (minutes) => `CloudFormation watches for ${minutes} minutes from the next change on.`,
};

/** CloudFormation takes no new role or alarms for a stack of which nothing else changes; termination protection is set beside. */
function withoutIdleSettings(report: StackReport): StackReport {
  const { settings = [], notes = [] } = report;
  const without = { ...report, settings: settings.filter(({ name }) => !IDLE[name]) };
  const updated = without.settings.filter(({ name }) => name !== 'termination protection');
  if (without.settings.length === settings.length || hasChanges({ ...without, settings: updated }))
    return report;
  const told = settings.flatMap(({ name, after }) => IDLE[name]?.(after) ?? []);
  return { ...without, notes: [...notes, ...told] };
}

/** Whether the stack is what would be deployed, so that CloudFormation need not be asked. */
export function isUnchanged({
  stack,
  rendered,
  deployed,
  report,
}: FoundStack & Pick<StackPlan, 'rendered' | 'report'>): boolean {
  if (deployed.kind !== 'stack') return false;
  const { stack: current } = deployed;
  const before = withoutBookkeeping(deployed.template);
  const after = withoutBookkeeping(rendered.template.template);
  const given = Object.keys(rendered.parameters);
  return (
    stateOf(current.status).asTemplate === true &&
    equivalent(before, after) &&
    // CloudFormation shows no NoEcho values, and SSM's may have changed meanwhile: only it can tell.
    !noEchoParameters(after).some((name) => given.includes(name)) &&
    ssmParameters(after).length === 0 &&
    changedParametersOf(after, rendered.parameters, current.parameters).length === 0 &&
    changedTagsOf(stack, deployed).length === 0 &&
    !report.settings?.some(({ name }) => name === 'notification topics')
  );
}

/** Of the parameters that are given now, those that had another value, as far as values are told. */
function changedParametersOf(
  template: Template,
  given: Readonly<Record<string, string>>,
  former: Readonly<Record<string, string>>,
): string[] {
  const hidden = new Set(noEchoParameters(template));
  return Object.entries(given)
    .filter(([name, value]) => !hidden.has(name) && Object.hasOwn(former, name) && former[name] !== value)
    .map(([name]) => name);
}

/** Without tags of its own, a deployment leaves those of the stack alone. */
function changedTagsOf(stack: StackAssembly, deployed: Deployed): string[] {
  if (!('stack' in deployed) || Object.keys(stack.tags).length === 0) return [];
  const { tags } = deployed.stack;
  const names = new Set([...Object.keys(stack.tags), ...Object.keys(tags)]);
  return [...names].filter((name) => stack.tags[name] !== tags[name] && !isEnvironmentTag(name));
}

/** Bytes of archives and images, by the logical ID of what they are the code of. */
export function codeSizes({ assets }: StackAssembly): Readonly<Record<string, number>> {
  return Object.fromEntries(
    assets.flatMap(({ size, targets }) =>
      targets.flatMap((target) =>
        target.kind === 'property' && target.template === undefined ? [[String(target.path[1]), size]] : [],
      ),
    ),
  );
}
