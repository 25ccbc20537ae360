import type { PropertyTable } from './checks/property-table.ts';
import type { Build } from './context.ts';
import type { Generated, SamSource } from './types.ts';

/** A type of SAM's. */
export interface SamType {
  readonly properties: PropertyTable;
  /** Whether properties that the type does not have are skipped, not refused. */
  readonly skipsUnknown?: true;
  /** Types of generated resources that the author may name as a part of the resource, such as `Fn.Alias`. */
  readonly parts?: Readonly<Record<string, string>>;
  /** Types are generated in this order; functions come first, as their events change APIs. */
  readonly rank: number;
  generate(source: SamSource, build: Build): readonly Generated[];
}

/** Ranks of {@link SamType}. */
export const RANKS = { function: 0, webFunction: 1, stateMachine: 2, api: 3, other: 4, connector: 5 };
