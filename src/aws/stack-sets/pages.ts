/** All items of a list that AWS gives in pages. */
export async function allPages<T>(
  page: (
    token: string | undefined,
  ) => Promise<{ readonly Summaries?: T[] | undefined; readonly NextToken?: string | undefined }>,
): Promise<readonly T[]> {
  const found: T[] = [];
  let token: string | undefined;
  do {
    const { Summaries = [], NextToken } = await page(token);
    found.push(...Summaries);
    token = NextToken;
  } while (token);
  return found;
}
