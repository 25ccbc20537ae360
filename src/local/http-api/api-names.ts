/** What tells an API from others, of whatever kind. */
export interface NamedApi {
  readonly logicalId: string;
  /** The stack among several, and nested ones: `Orders/`. Absent in the only template. */
  readonly place?: string;
}

/**
 * What the addresses of several APIs begin with: the logical ID, and before it the stack, where another API is called so, too
 * (`Orders/Api`).
 */
export function apiNames<T extends NamedApi>(apis: Iterable<T>): ReadonlyMap<T, string> {
  const each = [...apis];
  const isOnly = ({ logicalId }: T): boolean =>
    each.filter((other) => other.logicalId === logicalId).length === 1;
  return new Map(
    each.map((api) => [api, isOnly(api) ? api.logicalId : `${api.place ?? ''}${api.logicalId}`]),
  );
}

/** The API of several whose name a path begins with, and the rest of the path; of two such names, the longer one. */
export function apiBelow<T extends NamedApi>(
  names: ReadonlyMap<T, string>,
  path: string,
): { readonly api: T; readonly rest: string } | undefined {
  if (names.size < 2) return undefined;
  const [found] = [...names]
    .filter(([, name]) => path === `/${name}` || path.startsWith(`/${name}/`))
    .toSorted(([, one], [, other]) => other.length - one.length);
  if (!found) return undefined;
  const [api, name] = found;
  return { api, rest: path.slice(name.length + 1) || '/' };
}
