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

/** Where the CPU time of one invocation went. */
export interface Measured {
  /** `undefined`: nothing is known of it. */
  readonly calls?: Frame;
  /** How exact it is, or why there is nothing to see: sentences for people. */
  readonly notes: readonly string[];
}

/** What profiles one invocation of a program. */
export interface Profiler {
  /** What the program finds in the variable `_SPARTA_PROFILE`. */
  readonly variable: string;
  /** What it measured, once the invocation is over. */
  measured(): Promise<Measured>;
  stop(): void;
}
