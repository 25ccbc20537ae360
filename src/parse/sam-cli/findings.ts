import type { Problem } from '../../problem.ts';

/** What a setting says; of two equal keys the later one counts. */
export type Pairs = ReadonlyMap<string, string>;

/** What is to be said about a setting, besides its name and file. */
export type SettingRemark = Pick<Problem, 'message' | 'next'>;

/**
 * What is said where a text has more than pairs in it. Only the key is shown: values may be secrets.
 *
 * @param after the key of the pair before it
 */
export function leftOut(after: string | undefined): SettingRemark {
  const where =
    after === undefined ? 'what stands before the first pair' : `what follows the value of ${after}`;
  return {
    message: `${where} is not of the form Key=Value and is left out, as SAM CLI leaves it out`,
    next: String.raw`Put values with blanks or quotes in quotes, and write \" for quotes in them.`,
  };
}
