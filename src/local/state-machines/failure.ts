/** An error of a state or a task, as Retry and Catch know it. */
export class StateFailure extends Error {
  readonly error: string | undefined;
  override readonly cause: string | undefined;
  /** Other names that it is caught by. */
  readonly aliases: readonly string[];

  constructor(error: string | undefined, cause: string | undefined, aliases: readonly string[] = []) {
    super(`${error ?? 'no error name'}: ${cause ?? 'no cause'}`);
    this.error = error;
    this.cause = cause;
    this.aliases = aliases;
  }

  /** `{ Error, Cause }`, as catchers hand it on. */
  get output(): { Error: string | null; Cause: string | null } {
    return { Error: this.error ?? null, Cause: this.cause ?? null };
  }
}

/** A JSONata expression that failed; it has an event of its own. */
export class EvaluationFailure extends StateFailure {
  readonly state: string;
  readonly location: string | undefined;

  constructor(cause: string, state: string, location: string | undefined) {
    super('States.QueryEvaluationError', cause);
    this.state = state;
    this.location = location;
  }
}

/** A task that took too long, or was silent for too long. */
export class TimeoutFailure extends StateFailure {
  constructor(silent: boolean) {
    super('States.Timeout', undefined, silent ? ['States.HeartbeatTimeout'] : []);
  }

  override get output(): { Error: string; Cause: string } {
    return { Error: 'States.Timeout', Cause: '' };
  }
}

/** Errors that no Retry and no Catch is asked about. */
export const isFinal = ({ error }: StateFailure): boolean => error === 'States.Runtime';

/**
 * Whether an error is one of those that `ErrorEquals` lists. Source: Amazon States Language, "Errors"; what AWS does: States.ALL
 * leaves out States.Runtime alone.
 */
export function isNamedBy(failure: StateFailure, names: readonly unknown[], isTask: boolean): boolean {
  const { error, aliases } = failure;
  if (isFinal(failure)) return false;
  return names.some((name) => {
    if (name === 'States.ALL') return true;
    if (name === 'States.TaskFailed' && isTask && error !== 'States.Timeout') return true;
    return name === error || (typeof name === 'string' && aliases.includes(name));
  });
}
