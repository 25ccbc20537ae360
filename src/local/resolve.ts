import type { Json, Template } from '../template/types.ts';

/** What references in a template stand for on this machine. */
export interface ResolveOptions {
  readonly parameters?: Readonly<Record<string, string>>;
  /** Physical ids of the deployed stack by logical ID (`resolve: deployed`). */
  readonly physicalIds?: Readonly<Record<string, string>>;
  readonly region?: string;
  readonly account?: string;
  readonly stackName?: string;
}

/** Evaluates intrinsic functions; what can't be known becomes a clear placeholder such as `unresolved-OrdersTable`. */
export type Resolve = (value: Json) => Json;

export function resolverOf(_template: Template, _options: ResolveOptions): Resolve {
  throw new Error('not written yet');
}

/** A function's environment as text, each reference resolved. */
export function resolveEnvironment(_variables: Json | undefined, _resolve: Resolve): Record<string, string> {
  throw new Error('not written yet');
}
