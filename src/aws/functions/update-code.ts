import type { Log } from '../../log.ts';
import { forEachOf } from '../../order/for-each.ts';
import { AT_ONCE } from '../../order/limits.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { explained } from '../connection/explained.ts';
import { IN_PLACE_TAG, setTag, type TaggedFunction } from './in-place-tag.ts';
import {
  codeIdOf,
  type FunctionCode,
  type Limits,
  type LiveFunction,
  sendCode,
  settledFunction,
  verify,
} from './live-function.ts';

export { readTagged, type TaggedFunction } from './in-place-tag.ts';
export type { FunctionCode } from './live-function.ts';

/** A function and the code that it has to get. */
export interface FunctionUpdate {
  readonly logicalId: string;
  /** Physical name or ARN. */
  readonly functionName: string;
  readonly code: FunctionCode;
  /** Where the code is that the deployed template names: what is put back when another update fails. */
  readonly previous?: FunctionCode;
}

export interface InPlaceOptions extends Limits {
  readonly log: Log;
}

/** What became of updates in place. */
export type InPlaceResult =
  | {
      readonly kind: 'updated';
      /** `sent: false`: the function had this code already. */
      readonly functions: readonly { readonly logicalId: string; readonly sent: boolean }[];
    }
  | {
      readonly kind: 'failed';
      /** Why, first; then each function that could not be put back to the code that it had. */
      readonly problems: readonly [Problem, ...Problem[]];
      /** Logical IDs of functions that have their former code again. */
      readonly restored: readonly string[];
    };

/** An update that may have been made, and what it takes to undo it. */
interface Begun {
  readonly update: FunctionUpdate;
  readonly before: LiveFunction;
  readonly former: FunctionCode;
  /** What it ran after the update; `undefined` when the update did not get that far. */
  after: string | undefined;
}

/** Milliseconds that undoing may take after the deadline. */
const UNDO = 60_000;

/**
 * Updates the code of functions side by side, waits until each is active with its new code, and verifies it. All or
 * nothing: when one fails, or the run is cancelled, those already made get the code back that they had. Each function is
 * tagged first, so that a run that is killed in the middle is found out by the next one.
 *
 * @throws AbortError after a cancellation, once everything is put back
 */
export async function updateFunctions(
  aws: Aws,
  updates: readonly FunctionUpdate[],
  options: InPlaceOptions,
): Promise<InPlaceResult> {
  const begun: Begun[] = [];
  try {
    const functions = await forEachOf(updates, AT_ONCE.functions, async (update) => {
      const { logicalId, code } = update;
      const live = await settledFunction(aws, update.functionName, options);
      const wanted = codeIdOf(code);
      const sent = live.codeId !== wanted;
      const former = sent ? await formerCode(live, update.previous, options.signal) : undefined;
      if (live.tags[IN_PLACE_TAG] !== wanted) await setTag(aws, live, wanted ?? 'unknown');
      options.signal.throwIfAborted();
      if (former) {
        const entry: Begun = { update, before: live, former, after: codeIdOf(code) };
        begun.push(entry);
        const now = await sendCode(aws, live, code, options);
        entry.after = now.codeId;
        verify(now, code);
        options.log.info(`${logicalId}: runs the new code`);
      } else options.log.info(`${logicalId}: runs this code already`);
      return { logicalId, sent };
    });
    options.signal.throwIfAborted();
    return { kind: 'updated', functions };
  } catch (error) {
    const { restored, problems } = await undo(aws, begun, options.log);
    if (options.signal.aborted) {
      for (const { subject, message } of problems) options.log.error(`${subject}: ${message}`);
      throw error;
    }
    if (!(error instanceof ProblemError)) throw error;
    return { kind: 'failed', problems: [firstOf(error), ...problems], restored };
  }
}

const firstOf = ({ problems: [first], message }: ProblemError): Problem => first ?? { message };

/** The code that a function has: what the deployed template names, if it is that; else it is fetched. */
async function formerCode(
  live: LiveFunction,
  previous: FunctionCode | undefined,
  signal: AbortSignal,
): Promise<FunctionCode> {
  if (previous && codeIdOf(previous) === live.codeId) return previous;
  if (live.isImage) return { kind: 'image', uri: live.location };
  // Sent as bytes, it would be a copy.
  if (live.referenced) return live.referenced;
  return explained(`reading the present code of ${live.name}`, async () => {
    const reply = await fetch(live.location, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(60_000)]),
    });
    const code: FunctionCode = { kind: 'zip', bytes: new Uint8Array(await reply.arrayBuffer()) };
    if (!reply.ok || codeIdOf(code) !== live.codeId) {
      throw new ProblemError({
        subject: live.name,
        message: `its present code cannot be kept for the case that another update fails (HTTP status ${reply.status})`,
        next: 'Run the job again, or deploy without inplace.',
      });
    }
    return code;
  });
}

/** Puts functions back to the code that they had, unless someone else has changed them meanwhile. */
async function undo(
  aws: Aws,
  begun: readonly Begun[],
  log: Log,
): Promise<{ readonly restored: readonly string[]; readonly problems: readonly Problem[] }> {
  const limits = { signal: new AbortController().signal, deadline: Date.now() + UNDO };
  const restored: string[] = [];
  const problems: Problem[] = [];
  await forEachOf(begun, AT_ONCE.functions, async ({ update, before, former, after }) => {
    const { logicalId } = update;
    try {
      const live = await settledFunction(aws, before.arn, limits);
      if (live.codeId !== before.codeId) {
        if (after && live.codeId !== after) {
          throw new ProblemError({ message: 'someone else changed it meanwhile; it is left as it is' });
        }
        verify(await sendCode(aws, live, former, limits), former);
        restored.push(logicalId);
        log.info(`${logicalId}: has its former code again`);
      }
      await setTag(aws, live, before.tags[IN_PLACE_TAG]);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      problems.push({
        subject: logicalId,
        message: `could not be put back to its former code: ${reason}`,
        next: 'Run the job again: functions that were updated in place are tagged and put right.',
      });
    }
  });
  return { restored: restored.sort(), problems };
}

/**
 * Gives functions that were updated in place the code that the stack's template means, where they have other code, and
 * removes their tag.
 *
 * @param meant by the names in `tagged`; a function that is not in it is left as it is
 * @returns names of those that had other code
 * @throws ProblemError with every function that could not be put right
 */
export async function healFunctions(
  aws: Aws,
  tagged: readonly TaggedFunction[],
  meant: ReadonlyMap<string, FunctionCode>,
  options: InPlaceOptions,
): Promise<readonly string[]> {
  const healed: string[] = [];
  const problems: Problem[] = [];
  await forEachOf(tagged, AT_ONCE.functions, async ({ name }) => {
    const code = meant.get(name);
    if (!code) return;
    try {
      const live = await settledFunction(aws, name, options);
      if (live.codeId !== codeIdOf(code)) {
        verify(await sendCode(aws, live, code, options), code);
        healed.push(name);
        options.log.info(
          `${name}: ran code that was updated in place; it runs the code of the template again`,
        );
      }
      await setTag(aws, live, undefined);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
    }
  });
  if (problems.length > 0) throw new ProblemError(problems);
  return healed.sort();
}
