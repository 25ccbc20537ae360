import type { Assembly, Asset, StackAssembly } from '../../assembly/types.ts';
import { type DoubtfulValue, oneALine, swallowed } from '../../parse/doubtful.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import type { StackDraft } from '../../sources/draft.ts';
import { declaredParameters, parameterProblems, parametersWithoutValue } from '../../template/parameters.ts';
import { assertionProblems } from '../../template/validate/assertions.ts';
import {
  type Capability,
  changeSetNeeds,
  requiredCapabilities,
} from '../../template/validate/capabilities.ts';
import { lookupProblems } from '../../template/validate/lookups.ts';
import type { Run } from '../run.ts';

/** What CloudFormation is allowed to do with a stack, and what it needs besides. */
export interface Capabilities {
  readonly allowed: readonly Capability[];
  /** It refuses the stack without these. */
  readonly missing: readonly Capability[];
}

/** By the id of the stack. */
export type CapabilitiesByStack = ReadonlyMap<string, Capabilities>;

/**
 * As {@link checkTemplates}, for what is only read and not deployed: parameters may lack a value, which is told.
 *
 * @throws ProblemError with everything else that CloudFormation would refuse
 */
export function checkToRead({ stacks }: Assembly, run: Run): void {
  const { parameters } = run.inputs;
  for (const { stackName, template, parameters: given, ...stack } of stacks) {
    const located = Object.fromEntries(locatedParameters(stack).map((name) => [name, '']));
    const missing = parametersWithoutValue(template.template, { ...located, ...given }).filter(
      (name) => !parameters?.keep.includes(name),
    );
    if (missing.length > 0)
      run.host.log.info(
        `${stackName}: ${missing.join(', ')} ${missing.length > 1 ? 'have' : 'has'} no value: what depends on it is not known here, and may be anything`,
      );
  }
  checkAll(stacks, run, 'may lack values');
}

/**
 * Stage 14: checks each template as a whole, with the values that it would be deployed with. AWS is not asked.
 *
 * @returns the capabilities that the inputs give, or else those that each stack needs
 * @throws ProblemError with everything that CloudFormation would refuse
 */
export const checkTemplates = ({ stacks }: Assembly, run: Run): CapabilitiesByStack =>
  checkAll(stacks, run, 'have values');

/**
 * The same of stacks that are not built yet, as that may take minutes.
 *
 * @throws ProblemError with what {@link checkTemplates} would refuse
 */
export function checkDrafts(drafts: readonly StackDraft[], run: Run): void {
  const stacks = drafts.map(({ local, images, builds, ...draft }) => ({
    ...draft,
    assets: [...local, ...images, ...builds],
  }));
  checkAll(stacks, run, 'have values');
}

/** A stack as far as it is looked at. */
type CheckedStack = Omit<StackAssembly, 'assets'> & { readonly assets: readonly Pick<Asset, 'targets'>[] };

type Parameters = 'have values' | 'may lack values';

function checkAll(
  stacks: readonly CheckedStack[],
  { inputs }: Run,
  parameters: Parameters,
): CapabilitiesByStack {
  const { values = {}, keep = [], doubtful = [] } = inputs.parameters ?? {};
  const declared = stacks.flatMap(({ template }) => Object.keys(declaredParameters(template.template)));
  const swallows = doubtful.flatMap((doubt) =>
    swallowedParameters(doubt, declared, [...Object.keys(values), ...keep]),
  );
  if (swallows.length > 0) throw new ProblemError(swallows);
  return new Map(
    stacks.map((stack) => {
      const kept =
        parameters === 'have values' ? keep : Object.keys(declaredParameters(stack.template.template));
      const needed = check(stack, kept);
      const { capabilities: allowed = needed } = inputs;
      const { template } = stack.template;
      const missing = needed.filter((each) => !isAllowed(each, allowed) && changeSetNeeds(each, template));
      return [stack.id, { allowed, missing }];
    }),
  );
}

/**
 * `Stage=prod Owner=me` on one line would deploy the stage `prod Owner=me`, without a word.
 *
 * @param declared by any of the stacks
 * @param given names for which there are values, or which keep theirs
 */
function swallowedParameters(
  doubt: DoubtfulValue,
  declared: readonly string[],
  given: readonly string[],
): Problem[] {
  // `Stack:Name` is the parameter of one stack.
  const names = swallowed(doubt, given).filter((name) =>
    declared.includes(name.slice(name.indexOf(':') + 1)),
  );
  if (names.length === 0) return [];
  return [
    {
      message: `the value of the parameter ${doubt.key} goes on with ${names.map((name) => `${name}=`).join(' and ')}, and so gives no value to ${names.length > 1 ? 'these parameters' : 'that parameter'}`,
      place: doubt.place,
      next: oneALine(doubt.key, names),
    },
  ];
}

/** Who may make roles with names may make roles. */
const isAllowed = (needed: Capability, allowed: readonly Capability[]): boolean =>
  allowed.includes(needed) || (needed === 'CAPABILITY_IAM' && allowed.includes('CAPABILITY_NAMED_IAM'));

/** Parameters that tell where assets are. */
const locatedParameters = ({ assets }: Pick<CheckedStack, 'assets'>): readonly string[] =>
  assets
    .flatMap(({ targets }) => targets)
    .flatMap((target) => (target.kind === 'parameter' ? Object.keys(target.parameters) : []));

/** @param keep parameters that need no value: they keep the one which the deployed stack has */
function check(stack: CheckedStack, keep: readonly string[]): readonly Capability[] {
  const located = Object.fromEntries(locatedParameters(stack).map((name) => [name, '']));
  const given = { ...located, ...stack.parameters };
  const problems = [
    ...parameterProblems(stack.template, given, new Set(keep)),
    ...lookupProblems(stack.template, stack.parameters),
    ...assertionProblems(stack.template, stack.parameters),
  ];
  if (problems.length > 0) throw new ProblemError(problems);
  return requiredCapabilities(
    stack.template.template,
    stack.nested.map(({ template }) => template.template),
  );
}
