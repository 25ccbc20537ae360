import { planHash } from '../../assembly/plan-hash.ts';
import type { RenderedStack } from '../../assembly/render.ts';
import type { StackAssembly } from '../../assembly/types.ts';
import { stateOf } from '../../aws/stack/stack-states.ts';
import { sha256 } from '../../hash/canonical.ts';
import type { DiffBase, StackReport } from '../../report/model.ts';
import { parameterValues } from '../../report/parameter-values.ts';
import { hasChanges } from '../../report/verdict.ts';
import { withoutBookkeeping } from '../../template/diff/bookkeeping.ts';
import { noEchoParameters, ssmParameters } from '../../template/parameters.ts';
import type { Template } from '../../template/types.ts';
import { equivalent } from '../../template/values/equivalence.ts';
import type { Level } from './compare-nested.ts';
import { knownNow } from './known-templates.ts';
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
}

/** What would change, for people. */
export async function compare(
  { stack, deployed }: { readonly stack: StackAssembly; readonly deployed: Deployed },
  rendered: RenderedStack,
  { before, base, region, stage, account, settings }: ComparedWith,
): Promise<StackReport> {
  // Not before there is something to compare: AWS's replacement data comes with it.
  const { assembledLevel, compareLevels, NOTHING } = await import('./compare-nested.ts');
  const { codeFiles } = await import('./code-files.ts');
  const now = knownNow(rendered, deployed);
  const { diff, names, unread } =
    base.kind === 'missing'
      ? { diff: NOTHING, names: {}, unread: [] }
      : await compareLevels(before, assembledLevel(stack, rendered, now), stack.displayName);
  const former = (deployed.kind === 'stack' ? deployed.stack.parameters : before?.known) ?? {};
  const changedParameters = before ? changedParametersOf(now.template, rendered.parameters, former) : [];
  const report: StackReport = {
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
    codeSizes: codeSizes(stack),
    codeFiles: await codeFiles(stack, diff),
    planHash: planHash(stack, settings),
    accountHash: account ? sha256(account).slice(0, ACCOUNT_DIGITS) : '',
    outputs: {},
    failure: undefined,
    ...(unread.length > 0 && { notes: unread }),
  };
  return withoutIdleRole(report);
}

/** CloudFormation takes no new role for a stack of which nothing else changes. */
function withoutIdleRole(report: StackReport): StackReport {
  const { settings = [], notes = [] } = report;
  const [role] = settings.filter(({ name }) => name === 'role of CloudFormation');
  const without = { ...report, settings: settings.filter((each) => each !== role) };
  if (!role || hasChanges(without)) return report;
  const note = `CloudFormation works with the role ${role.after} from the next change on.`;
  return { ...without, notes: [...notes, note] };
}

/**
 * The hash stands in public comments. So many hex digits tell the few accounts of a workflow apart, and leave 15 million
 * numbers to whoever tries all of them; more would give the account away.
 */
export const ACCOUNT_DIGITS = 4;

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
  return [...names].filter((name) => stack.tags[name] !== tags[name]);
}

function codeSizes({ assets }: StackAssembly): Readonly<Record<string, number>> {
  return Object.fromEntries(
    assets.flatMap(({ size, targets }) =>
      targets.flatMap((target) =>
        target.kind === 'property' && target.template === undefined ? [[String(target.path[1]), size]] : [],
      ),
    ),
  );
}
