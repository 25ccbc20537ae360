import { sha256 } from './canonical.ts';

/**
 * The hash stands in public comments. So many hex digits tell the few accounts of a workflow apart, and leave 15 million
 * numbers to whoever tries all of them; more would give the account away.
 */
const DIGITS = 4;

/** What tells accounts apart without showing them; empty where the account is not known. */
export const accountHash = (account: string | undefined): string =>
  account ? sha256(account).slice(0, DIGITS) : '';
