import type { StackAssembly } from '../../../assembly/types.ts';
import type { Log } from '../../../log.ts';
import { AT_ONCE } from '../../../order/limits.ts';
import type { StackDraft } from '../../../sources/draft.ts';
import { isObject, scalarText, type Template } from '../../../template/types.ts';
import type { Run } from '../../run.ts';
import type { RunningCode } from '../ask-in-place.ts';
import { asFound, lookUpInPlace } from '../find-stack.ts';
import type { FoundStack } from '../stack-plan.ts';
import { codeOfFunctions } from './running.ts';

/** What AWS has under a stack's name, and what its functions run. */
export interface Looked {
  readonly found: FoundStack;
  /** Asked while the stack is compared. */
  readonly running: Promise<RunningCode | undefined>;
}

/** Looks up a stack whose code is packaged by now, and says in the log what is to be said of that. */
export type LookUp = (assembled: StackAssembly, log: Log) => Promise<Looked>;

/** What a preview asks AWS before it has to, by the id of the stack. */
export interface Ahead {
  readonly lookUps: ReadonlyMap<string, LookUp>;
  /** Nobody waits for an answer any more. */
  stop(): void;
}

/** Asks AWS for the stacks of a preview while their code is packaged, which takes as long. */
export function lookAhead(drafts: readonly StackDraft[], run: Run): Ahead {
  const stopped = new AbortController();
  const lookUps = drafts
    .slice(0, AT_ONCE.stacks)
    .filter(isPlaced)
    .map((draft) => [draft.id, lookUpNow(draft, run, stopped.signal)] as const);
  return { lookUps: new Map(lookUps), stop: () => stopped.abort() };
}

/** Whether it is known, without what will be packaged, whether the stack belongs somewhere. */
const isPlaced = ({ environment, roles, templateDestination, ...draft }: StackDraft): boolean =>
  Boolean(environment || roles || templateDestination) ||
  [...draft.local, ...draft.images, ...draft.builds].every(({ destination }) => !destination);

/** Roughly, so that the table of what has code is not loaded before the first question. */
const hasFunctions = ({ Resources }: Template): boolean =>
  Object.values(Resources).some((each) => isObject(each) && scalarText(each.Type).endsWith('::Function'));

function lookUpNow(draft: StackDraft, { aws, host }: Run, stopped: AbortSignal): LookUp {
  const held = heldBack(host.log);
  const signal = AbortSignal.any([host.signal, stopped]);
  const runs = hasFunctions(draft.template.template);
  const asked = lookUpInPlace({ ...draft, assets: [] }, aws, { log: held.log, signal, runs });
  const running = asked.then((found) => codeOfFunctions(found, { log: held.log, signal }));
  // What is packaged goes to a bucket with the account in its name.
  const identity = asked.then(({ aws: its, deployed }) =>
    deployed.kind === 'unknown' ? undefined : its?.identity(),
  );
  // Whoever needs them hears why they failed.
  for (const each of [asked, running, identity]) each.catch(() => undefined);
  return async (assembled, log) => {
    const looked = await asked;
    held.tell(log);
    return { found: asFound(assembled, looked, log), running };
  };
}

/** Keeps what is said until there is a group to say it in; what is said later goes there, too. */
function heldBack(log: Log): { readonly log: Log; tell(to: Log): void } {
  const said: ((to: Log) => void)[] = [];
  let open: Log | undefined;
  const say = (line: (to: Log) => void): void => {
    if (open) line(open);
    else said.push(line);
  };
  const held: Log = {
    ...log,
    debug: (message) => say((to) => to.debug(message)),
    info: (message) => say((to) => to.info(message)),
    warning: (message, place) => say((to) => to.warning(message, place)),
    error: (message, place) => say((to) => to.error(message, place)),
    group: (_title, body) => body(held),
  };
  return {
    log: held,
    tell(to) {
      open = to;
      for (const line of said.splice(0)) line(to);
    },
  };
}
