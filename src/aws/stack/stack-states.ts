/**
 * What is done about a stack that is found in a state, before it is changed:
 *
 * - `update`, `create`: go on.
 * - `wait`: another operation is running; wait for its end, then look again.
 * - `recreate`: only deleting is possible; it is deleted and created again, unless `on-failure: keep` is set.
 * - `continue-rollback`: the failed rollback is continued, then look again.
 */
export type Reaction = 'create' | 'update' | 'wait' | 'recreate' | 'continue-rollback';

interface State {
  readonly reaction: Reaction;
  /** What a stack that has come to rest here means to the operation that brought it here. */
  readonly outcome: 'running' | 'succeeded' | 'failed';
  /** Its resources are what its template says; of a state that does not say so, nobody can tell. */
  readonly asTemplate?: true;
  /** The operation that brought it here was undone: nothing refers to what was uploaded for it. */
  readonly undone?: true;
  /** Nothing is left of the stack that could be updated once the operation has ended. */
  readonly leavesNothing?: true;
}

const running = { reaction: 'wait', outcome: 'running' } as const;
const leaving = { ...running, leavesNothing: true } as const;

/**
 * Every stack status. Source: CloudFormation User Guide, "Stack status codes".
 * docs/stack-states.md says the same in words.
 */
export const STACK_STATES = {
  CREATE_COMPLETE: { reaction: 'update', outcome: 'succeeded', asTemplate: true },
  CREATE_FAILED: { reaction: 'recreate', outcome: 'failed' },
  CREATE_IN_PROGRESS: running,
  DELETE_COMPLETE: { reaction: 'create', outcome: 'succeeded', undone: true },
  DELETE_FAILED: { reaction: 'recreate', outcome: 'failed' },
  DELETE_IN_PROGRESS: leaving,
  IMPORT_COMPLETE: { reaction: 'update', outcome: 'succeeded', asTemplate: true },
  IMPORT_IN_PROGRESS: running,
  IMPORT_ROLLBACK_COMPLETE: { reaction: 'update', outcome: 'failed' },
  IMPORT_ROLLBACK_FAILED: { reaction: 'update', outcome: 'failed' },
  IMPORT_ROLLBACK_IN_PROGRESS: running,
  REVIEW_IN_PROGRESS: { reaction: 'create', outcome: 'succeeded' },
  ROLLBACK_COMPLETE: { reaction: 'recreate', outcome: 'failed', undone: true },
  ROLLBACK_FAILED: { reaction: 'recreate', outcome: 'failed' },
  ROLLBACK_IN_PROGRESS: leaving,
  UPDATE_COMPLETE: { reaction: 'update', outcome: 'succeeded', asTemplate: true },
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: running,
  UPDATE_FAILED: { reaction: 'update', outcome: 'failed' },
  UPDATE_IN_PROGRESS: running,
  UPDATE_ROLLBACK_COMPLETE: { reaction: 'update', outcome: 'failed', asTemplate: true, undone: true },
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: running,
  UPDATE_ROLLBACK_FAILED: { reaction: 'continue-rollback', outcome: 'failed' },
  UPDATE_ROLLBACK_IN_PROGRESS: running,
} as const satisfies Readonly<Record<string, State>>;

/** A status that CloudFormation gives a stack. */
export type StackStatus = keyof typeof STACK_STATES;

/** What a status means; one that is newer than this table is judged by its ending. */
export function stateOf(status: string): State {
  if (Object.hasOwn(STACK_STATES, status)) return STACK_STATES[status as StackStatus];
  if (status.endsWith('_IN_PROGRESS')) return running;
  return {
    reaction: 'update',
    outcome: status.endsWith('_COMPLETE') && !status.includes('ROLLBACK') ? 'succeeded' : 'failed',
  };
}

/** Whether a deployment creates the stack anew: at once, or when the operation that runs has ended. */
export function isCreatedAnew(status: string): boolean {
  const { reaction, leavesNothing = false } = stateOf(status);
  return reaction === 'create' || reaction === 'recreate' || leavesNothing;
}
