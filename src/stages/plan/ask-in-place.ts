import type { Aws } from '../../aws/connection/clients.ts';
import { isDenied } from '../../aws/functions/in-place-tag.ts';
import { readTagged, type TaggedFunction } from '../../aws/functions/update-code.ts';
import { type Stack, stackResources } from '../../aws/stack/stack.ts';
import { stateOf } from '../../aws/stack/stack-states.ts';
import type { Inputs } from '../../inputs.ts';
import type { Log } from '../../log.ts';
import { ProblemError } from '../../problem.ts';
import { hasChanges } from '../../report/verdict.ts';
import { functionsOf } from '../../template/assets/code-location.ts';
import { type InPlaceAnswer, inPlaceAnswer } from '../../template/diff/in-place.ts';
import { noEchoParameters, ssmParameters } from '../../template/parameters.ts';
import { formerOf, knownNow, knownThen } from './known-templates.ts';
import type { StandingPlan } from './stack-plan.ts';

/** Functions of a deployed stack whose code was updated in place, by logical ID. */
export type Swapped = ReadonlyMap<string, TaggedFunction>;

/**
 * The functions that run code which CloudFormation does not know of. To be read before the stack is changed.
 * A stack without functions costs no call.
 */
export async function readSwapped(
  { aws, deployed: { stack, template } }: Pick<StandingPlan, 'aws' | 'deployed'>,
  options: { readonly log: Log; readonly signal: AbortSignal },
): Promise<Swapped> {
  if (functionsOf(template).length === 0) return new Map();
  const names = await functionNames(aws, stack, options.signal).catch((error: unknown) => {
    if (!(error instanceof ProblemError) || !isDenied(error.cause)) throw error;
    // Who never updates in place need not be allowed to.
    options.log.info(
      'The resources of the stack may not be listed (cloudformation:ListStackResources), so code that was updated in place would not be put right',
    );
    return new Map<string, string>();
  });
  const tagged = new Map(
    (await readTagged(aws, [...names.values()], options)).map((each) => [each.name, each]),
  );
  return new Map(
    [...names].flatMap(([id, name]) => {
      const found = tagged.get(name);
      return found ? [[id, found] as const] : [];
    }),
  );
}

/** Physical names of a stack's functions, by logical ID. */
export async function functionNames(
  aws: Aws,
  { id }: Stack,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const resources = await stackResources(aws, id, signal);
  return new Map(
    resources
      .filter(({ type, physicalId }) => type === 'AWS::Lambda::Function' && physicalId !== '')
      .map(({ logicalId, physicalId }) => [logicalId, physicalId]),
  );
}

/** Whether a change is one of code only; see {@link inPlaceAnswer}. No call is made. */
export function askInPlace({
  rendered,
  deployed,
  report: { diff, changedParameters, changedTags, settings = [] },
}: StandingPlan): InPlaceAnswer {
  const { status } = deployed.stack;
  const given = Object.keys(rendered.parameters);
  const reasons = [
    ...(stateOf(status).asTemplate ? [] : [`the stack is ${status}`]),
    ...settings
      .filter(({ name }) => name !== 'termination protection')
      .map(({ name }) => `its ${name} ${name.endsWith('s') ? 'change' : 'changes'}`),
    ...noEchoParameters(rendered.template.template)
      .filter((name) => given.includes(name))
      .map((name) => `parameter ${name} is NoEcho: only CloudFormation can tell whether it changes`),
    ...ssmParameters(rendered.template.template)
      .filter((name) => name !== 'BootstrapVersion')
      .map((name) => `parameter ${name} comes from SSM: only CloudFormation can tell whether it changes`),
  ];
  const [before, after] = [knownThen(formerOf(deployed), deployed), knownNow(rendered, deployed)];
  const answer = inPlaceAnswer({ before, after, diff, changedParameters, changedTags });
  if (reasons.length === 0) return answer;
  return {
    kind: 'change-set',
    reasons: [...reasons, ...(answer.kind === 'change-set' ? answer.reasons : [])],
  };
}

/** Says why a change set is made although `inplace` is set. */
export function reasonsText({ reasons }: Extract<InPlaceAnswer, { kind: 'change-set' }>): string {
  return `Not in place, because more changes than the code of functions: ${reasons.join('; ')}`;
}

/** What a preview says of updates in place: whether this would be one, and which functions run other code than the stack says. */
export async function inPlaceNotes(
  plan: StandingPlan,
  { inplace }: Inputs,
  options: { readonly log: Log; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  // A preview needs no more rights than to read the stack.
  const swapped = await readSwapped(plan, options).catch(() => new Map());
  const stays = (id: string) =>
    !plan.report.diff.resources.some(({ kind, logicalId }) => kind === 'removed' && logicalId === id);
  const notes = [...swapped.keys()]
    .filter(stays)
    .map(
      (id) =>
        `${id} runs code that was updated in place, not that of the deployed template; a deployment gives it the code of its template`,
    );
  if (!inplace || !hasChanges(plan.report)) return notes;
  const answer = askInPlace(plan);
  return [...notes, answer.kind === 'in-place' ? 'Would be updated in place.' : reasonsText(answer)];
}
