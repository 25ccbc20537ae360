/** A function on a stack, with what it called: a tree that a flame graph shows. Times are microseconds. */
export interface Frame {
  readonly name: string;
  /** `file:line`, where it is known. */
  readonly place: string;
  /** Without those that it called. */
  readonly self: number;
  readonly total: number;
  readonly children: readonly Frame[];
}
