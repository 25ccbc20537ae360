/** Digits of an account's number that are shown at least. */
const SHOWN = 4;

/**
 * What accounts are called in reports, which everybody may read: the end of their numbers, as long as it takes to tell
 * them apart.
 */
export function accountLabels(accounts: readonly string[]): (account: string) => string {
  const all = [...new Set(accounts)];
  let length = SHOWN;
  while (length < 12 && new Set(all.map((each) => each.slice(-length))).size < all.length) length++;
  return (account) => (length < account.length ? `…${account.slice(-length)}` : account);
}
