/** An API of any kind. */
interface NamedApi {
  readonly logicalId: string;
  /** The stack among several, and nested ones: `Orders/`. */
  readonly place?: string;
}

/**
 * What the addresses of several APIs begin with: the logical ID, and before it the stack, where another API is called so, too
 * (`Orders/Api`).
 */
export function apiNames<Api extends NamedApi>(apis: Iterable<Api>): ReadonlyMap<Api, string> {
  const each = [...apis];
  const isOnly = ({ logicalId }: Api): boolean =>
    each.filter((other) => other.logicalId === logicalId).length === 1;
  return new Map(
    each.map((api) => [api, isOnly(api) ? api.logicalId : `${api.place ?? ''}${api.logicalId}`]),
  );
}
