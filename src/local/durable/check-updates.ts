import { type DurableOperation, invalid, type OperationUpdate } from './types.ts';

type Known = ReadonlyMap<string, DurableOperation>;

/**
 * Checks the updates of one checkpoint before any of them is made, as the service does.
 *
 * @throws DurableApiError for the first that is not allowed
 */
export function checkUpdates(updates: readonly OperationUpdate[], known: Known): void {
  const closing = updates.findIndex(({ Type }) => Type === 'EXECUTION');
  if (closing >= 0 && closing !== updates.length - 1)
    throw invalid('EXECUTION must be updated by the last update of a request.');
  const seen = new Map<string, OperationUpdate>();
  for (const update of updates) {
    const { Id, ParentId, Type, Action } = update;
    if (typeof Id !== 'string' || Id === '') throw invalid('Operation update must have an Id.');
    const before = seen.get(Id);
    if (before && !mayFollow(before, update))
      throw invalid('Cannot update the same operation twice in a single request.');
    const parent = ParentId === undefined ? undefined : (known.get(ParentId) ?? seen.get(ParentId));
    if (ParentId !== undefined && parent?.Type !== 'CONTEXT') throw invalid('Invalid parent operation id.');
    const actions = ACTIONS[Type];
    if (actions === undefined) throw invalid(`Invalid operation type ${Type}.`);
    if (!actions.includes(Action)) throw invalid(`Invalid ${Type} action.`);
    checkContent(update);
    checkStatus(update, before ? { Type, Status: 'STARTED' } : known.get(Id));
    seen.set(Id, update);
  }
}

/** What may be reported of each type. */
const ACTIONS: Readonly<Record<string, readonly OperationUpdate['Action'][]>> = {
  EXECUTION: ['SUCCEED', 'FAIL'],
  CONTEXT: ['START', 'SUCCEED', 'FAIL'],
  STEP: ['START', 'SUCCEED', 'FAIL', 'RETRY'],
  WAIT: ['START', 'CANCEL'],
  CALLBACK: ['START', 'CANCEL'],
  CHAINED_INVOKE: ['START', 'CANCEL'],
};

const mayFollow = (before: OperationUpdate, { Action }: OperationUpdate): boolean =>
  (before.Type === 'STEP' || before.Type === 'CONTEXT') && before.Action === 'START' && Action !== 'START';

function checkContent({ Type, Action, Payload, Error: error, ...options }: OperationUpdate): void {
  if (Action === 'FAIL' && Payload != null) throw invalid('Cannot provide a Payload for FAIL action.');
  if (Action === 'SUCCEED' && error != null) throw invalid('Cannot provide an Error for SUCCEED action.');
  if (Action === 'RETRY' && options.StepOptions == null)
    throw invalid('Invalid StepOptions for the given action.');
  if (Action === 'RETRY' && error != null && Payload != null)
    throw invalid('Cannot provide both error and payload to RETRY a STEP.');
  if (Type === 'CHAINED_INVOKE' && Action === 'START' && !options.ChainedInvokeOptions?.FunctionName)
    throw invalid('A CHAINED_INVOKE needs the FunctionName of ChainedInvokeOptions.');
  const seconds = options.WaitOptions?.WaitSeconds ?? 1;
  if (Type === 'WAIT' && Action === 'START' && !(seconds >= 1 && seconds <= LONGEST_WAIT))
    throw invalid(`WaitSeconds must be between 1 and ${LONGEST_WAIT}.`);
}

/** Seconds: a year. */
const LONGEST_WAIT = 31_622_400;

function checkStatus(
  { Type, Action }: OperationUpdate,
  operation: Pick<DurableOperation, 'Type' | 'Status'> | undefined,
): void {
  if (Type === 'EXECUTION' || operation === undefined) {
    if (Action === 'CANCEL') throw invalid(`Cannot cancel a ${Type} that does not exist.`);
    return;
  }
  const { Status } = operation;
  if (operation.Type !== Type) throw invalid(`Operation is a ${operation.Type}, not a ${Type}.`);
  const allowed =
    Action === 'START'
      ? Type === 'STEP' && Status === 'READY'
      : Status === 'STARTED' || (Type === 'STEP' && Status === 'READY');
  if (!allowed) throw invalid(`Invalid current ${Type} state to ${WORDS[Action]}: it is ${Status}.`);
}

const WORDS: Readonly<Record<OperationUpdate['Action'], string>> = {
  START: 'start',
  SUCCEED: 'close',
  FAIL: 'close',
  RETRY: 're-attempt',
  CANCEL: 'cancel',
};
