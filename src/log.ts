import type { Place } from './problem.ts';

/**
 * Where messages for people go. The action writes workflow commands, a terminal gets colours; nothing but the
 * implementations (`github/log.ts`, `terminal/log.ts`) knows which.
 *
 * Text may come from anywhere (event reasons, compiler output): implementations print it harmlessly, and replace
 * every value that was given to {@link Log.secret}.
 */
export interface Log {
  /** Shown with `log-level: debug` only. */
  debug(message: string): void;
  info(message: string): void;
  /** A warning; with a place it is an annotation on that line of the pull request. */
  warning(message: string, place?: Place): void;
  error(message: string, place?: Place): void;
  /** Hides a value from everything that is printed from now on. Empty strings are ignored. */
  secret(value: string): void;
  /** Text without these values, for what is shown elsewhere than in the log. */
  redact(text: string): string;
  /**
   * Runs `body` in a log group of its own. Groups that run side by side do not interleave: the first one streams,
   * the others are held back until it is closed.
   */
  group<T>(title: string, body: (log: Log) => Promise<T>): Promise<T>;
}
