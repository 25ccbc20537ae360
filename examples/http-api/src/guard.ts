/** Lets in who has the right token; a real one would be checked, not compared. */
export async function handler({ headers }: { readonly headers?: Readonly<Record<string, string>> }) {
  return { isAuthorized: headers?.authorization === 'Bearer let-me-in' };
}
