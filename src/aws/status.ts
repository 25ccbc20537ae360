import type { Aws } from './clients.ts';
import type { StackEvent } from './events.ts';
import type { Stack } from './stack.ts';

/** A resource that is not as its template says. */
export interface DriftedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly status: 'MODIFIED' | 'DELETED';
  /** Properties that differ, as JSON pointers; values are not told, as they may be secrets. */
  readonly properties: readonly string[];
}

/** What the status of a stack comes to. */
export interface StackReview {
  readonly stack: Stack;
  /** The newest events, oldest first. */
  readonly events: readonly StackEvent[];
  /** Only when it was asked for. */
  readonly drift: readonly DriftedResource[] | undefined;
}

/**
 * Reads how a stack is; with `drift` it is compared with its template, which takes CloudFormation a while.
 *
 * @returns `undefined` when there is none
 */
export async function reviewStack(
  _aws: Aws,
  _name: string,
  _options: {
    readonly events: number;
    readonly drift: boolean;
    readonly deadline: number;
    readonly signal: AbortSignal;
  },
): Promise<StackReview | undefined> {
  throw new Error('not implemented');
}
