/** Why nobody answered: Node says of whatever goes wrong on the way that the fetch failed. */
export function fetchFailure(error: unknown): string {
  const { message, cause } = error as Error & { readonly cause?: NodeJS.ErrnoException };
  // Where a name has several addresses, the reason has no words of its own.
  return cause?.message || cause?.code || message || String(error);
}
