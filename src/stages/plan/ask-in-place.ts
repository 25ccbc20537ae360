import type { Aws } from '../../aws/connection/clients.ts';
import { isDenied, isTagged } from '../../aws/functions/in-place-tag.ts';
import { codeListing, listCode } from '../../aws/functions/list-code.ts';
import { readTagged, type TaggedFunction } from '../../aws/functions/update-code.ts';
import { type Stack, stackResources } from '../../aws/stack/stack.ts';
import { stateOf } from '../../aws/stack/stack-states.ts';
import type { Inputs } from '../../inputs.ts';
import type { Log } from '../../log.ts';
import { forEachOf } from '../../order/for-each.ts';
import { AT_ONCE } from '../../order/limits.ts';
import { type Problem, ProblemError, problemLine } from '../../problem.ts';
import { hasChanges } from '../../report/verdict.ts';
import {
  CODE_PROPERTIES,
  codeLocation,
  FUNCTION_TYPES,
  functionsOf,
} from '../../template/assets/code-location.ts';
import { type InPlaceAnswer, inPlaceAnswer } from '../../template/diff/in-place.ts';
import { noEchoParameters, ssmParameters } from '../../template/parameters.ts';
import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { resolvedTemplate } from '../../template/values/effective.ts';
import { hashInKey, objectLocation } from '../upload/destination.ts';
import { formerOf, knownNow, knownThen } from './known-templates.ts';
import type { StandingPlan } from './stack-plan.ts';

/** Functions of a deployed stack whose code was updated in place, by logical ID. */
export type Swapped = ReadonlyMap<string, TaggedFunction>;

/**
 * The functions that run code which CloudFormation does not know of. To be read before the stack is changed. A list tells
 * of most that they run what the deployed template names; a stack without functions costs no call.
 */
export async function readSwapped(
  plan: StandingPlan,
  options: { readonly log: Log; readonly signal: AbortSignal },
): Promise<Swapped> {
  const {
    aws,
    deployed: { stack, template },
  } = plan;
  if (functionsOf(template).length === 0) return new Map();
  const names = await functionNames(aws, stack, options.signal).catch((error: unknown) => {
    if (!(error instanceof ProblemError) || !isDenied(error.cause)) throw error;
    // Who never updates in place need not be allowed to.
    options.log.info(
      'The resources of the stack may not be listed (cloudformation:ListStackResources), so code that was updated in place would not be put right',
    );
    return new Map<string, string>();
  });
  const doubtful = doubtfulOf(plan, {
    names,
    codes: await listCode(aws, [...names.values()], options.signal),
  });
  const tagged = new Map(
    (
      await readTagged(
        aws,
        doubtful.map(([, name]) => name),
        options,
      )
    ).map((each) => [each.name, each]),
  );
  return new Map(
    doubtful.flatMap(([id, name]) => {
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

/** Why the code of durable functions is not updated in place. */
export const durableRefusal = ({ functions }: Extract<InPlaceAnswer, { kind: 'durable' }>): Problem => ({
  subject: functions.join(', '),
  message: `${functions.length === 1 ? 'a durable function is' : 'durable functions are'} not updated in place: executions that run would be replayed on new code`,
  next: 'Deploy without inplace, with a version and an alias that callers use, so that executions end on the code that they began with.',
});

/** What the functions of a deployed stack run. */
export interface RunningCode {
  /** Physical names by logical ID. */
  readonly names: ReadonlyMap<string, string>;
  /** Base64 of the archive's SHA-256 by physical name, where lists tell it. */
  readonly codes: ReadonlyMap<string, string>;
}

/** Reads what the functions of a stack run, for {@link swappedIds}; it rejects for nothing that AWS answers. */
export function runningCode(
  aws: Aws,
  { stack, template }: StandingPlan['deployed'],
  { log, signal }: Asking,
): Promise<RunningCode> {
  const nothing = { names: new Map(), codes: new Map() };
  return orNotKnown(log, nothing, async () => {
    const functions = functionsOf(template);
    if (functions.length === 0) return nothing;
    // Those that are surely there: what they run can be asked for before it is known what they are called.
    const there = stateOf(stack.status).asTemplate
      ? functions.filter(([, { Condition }]) => Condition === undefined)
      : [];
    const list = codeListing(aws, there.length, signal);
    const names = await functionNames(aws, stack, signal);
    return { names, codes: await list([...names.values()]) };
  });
}

/**
 * Logical IDs of the functions that run code which CloudFormation does not know of. Whoever runs what the deployed template
 * names does not; the others are asked for their tag. A preview needs no more rights than to read the stack: without them,
 * the log says that it is not known.
 */
export async function swappedIds(
  plan: StandingPlan,
  running: RunningCode,
  { log, signal }: Asking,
): Promise<readonly string[]> {
  const { aws, deployed } = plan;
  if (running.names.size === 0) return [];
  const doubtful = doubtfulOf(plan, running);
  return orNotKnown(log, [], async () => {
    const ids = await forEachOf(doubtful, AT_ONCE.functions, async ([id, name]) =>
      (await isTagged(aws, functionArn(deployed.stack, name), signal)) ? [id] : [],
    );
    return ids.flat();
  });
}

/** Functions of which it is not known that they run what the deployed template names, by logical ID. */
function doubtfulOf(
  plan: StandingPlan,
  { names, codes }: RunningCode,
): readonly (readonly [id: string, name: string])[] {
  const meant = meantCode(plan);
  return [...names].filter(([id, name]) => !meant.get(id)?.includes(codes.get(name) ?? ''));
}

interface Asking {
  readonly log: Log;
  readonly signal: AbortSignal;
}

async function orNotKnown<T>(log: Log, otherwise: T, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const why = error instanceof ProblemError ? error.problems.map(problemLine).join('; ') : String(error);
    log.info(`Whether functions were updated in place is not known: ${why}`);
    return otherwise;
  }
}

/**
 * What the archives that the deployed template names may be, as Lambda tells code, by logical ID: the hash in the key, and
 * that of what this run has for the same key.
 */
function meantCode({ stack, destination, deployed }: StandingPlan): ReadonlyMap<string, readonly string[]> {
  const former = knownThen(formerOf(deployed), deployed);
  const { Outputs: _, ...rest } = former.template;
  // Loops are kept: functions may stand in them.
  const Resources = Object.fromEntries(
    Object.entries(rest.Resources).flatMap(([id, resource]): [string, Json][] => {
      if (!isObject(resource)) return [[id, resource]];
      return FUNCTION_TYPES.has(String(resource.Type)) ? [[id, codeOnly(resource)]] : [];
    }),
  );
  const { template, known } = resolvedTemplate({ ...former, template: { ...rest, Resources } });
  const { stackName, assets } = stack;
  const ours = new Map(
    assets.flatMap((asset) => {
      if (asset.kind === 'image') return [];
      const { hash, extension, destination: fixed } = asset;
      const { bucket, key } = objectLocation(destination, { stackName, destination: fixed, hash, extension });
      return [[`${bucket}/${key}`, hash] as const];
    }),
  );
  return new Map(
    functionsOf(template).map(([id, resource]) => {
      const place = codeLocation(resource, known);
      if (place?.kind !== 's3' || place.version !== undefined) return [id, []];
      const hashes = [hashInKey(place.key), ours.get(`${place.bucket}/${place.key}`)];
      return [id, hashes.flatMap((hash) => (hash ? [Buffer.from(hash, 'hex').toString('base64')] : []))];
    }),
  );
}

/** A function without what says nothing of its code. */
const codeOnly = ({ Properties, ...resource }: JsonObject): JsonObject => ({
  ...resource,
  ...(isObject(Properties) && {
    Properties: Object.fromEntries(
      Object.entries(Properties).filter(
        ([name]) => CODE_PROPERTIES.includes(name) || name.startsWith('Fn::'),
      ),
    ),
  }),
});

/** A stack's functions are where the stack is. */
const functionArn = ({ id }: Stack, name: string): string =>
  `${id.split(':').slice(0, 5).join(':').replace(':cloudformation:', ':lambda:')}:function:${name}`;

/** What a preview says of updates in place: whether this would be one, and which functions run other code than the stack says. */
export function inPlaceNotes(
  plan: StandingPlan,
  swapped: readonly string[],
  { inplace }: Inputs,
): readonly string[] {
  const stays = (id: string) =>
    !plan.report.diff.resources.some(({ kind, logicalId }) => kind === 'removed' && logicalId === id);
  const notes = swapped
    .filter(stays)
    .map(
      (id) =>
        `${id} runs code that was updated in place, not that of the deployed template; a deployment gives it the code of its template`,
    );
  if (!inplace || !hasChanges(plan.report)) return notes;
  const answer = askInPlace(plan);
  switch (answer.kind) {
    case 'in-place':
      return [...notes, 'Would be updated in place.'];
    case 'durable':
      return [...notes, `Would be refused: ${problemLine(durableRefusal(answer))}`];
    default:
      return [...notes, reasonsText(answer)];
  }
}
