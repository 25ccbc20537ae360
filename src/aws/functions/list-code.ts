import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';
import { usersOf } from '../connection/users.ts';
import { rewriteReply, WITHIN_DESERIALIZER } from '../replies/rewrite-reply.ts';
import { isDenied } from './in-place-tag.ts';

/** Fewer functions are asked for one by one as fast. */
const FEW = 4;
/** So many functions have to be saved from being asked for by each page: an account may have thousands of others. */
const WORTH_A_PAGE = 10;

/** What a page of functions tells of them: base64 of the archive's SHA-256, by name. */
interface Page {
  readonly codes: ReadonlyMap<string, string>;
  readonly next: string | undefined;
}

/** What was listed with a connection. */
interface Listing {
  /** When it began. */
  readonly since: number;
  readonly pages: Promise<Page>[];
  /** How many stacks asked for it, and the pages that their functions are worth. */
  asked: number;
  granted: number;
}

const listings = new WeakMap<Aws, Listing>();
/** Milliseconds after which it is listed anew: others may have updated functions meanwhile. */
const LASTS = 60_000;

function listingOf(aws: Aws): Listing {
  const known = listings.get(aws);
  if (known && performance.now() - known.since < LASTS) return known;
  const listing: Listing = { since: performance.now(), pages: [], asked: 0, granted: 0 };
  listings.set(aws, listing);
  return listing;
}

/**
 * What functions run (base64 of the archive's SHA-256), by name, as far as it is found in a few pages of the account's
 * functions, of 50 each. All stacks of a connection share them, those that will only ask later included: of many targets
 * in one region, none finds its functions in as few pages as a stack that is there alone. Who may not list functions
 * (`lambda:ListFunctions`) finds none.
 */
export const listCode = (
  aws: Aws,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> => codeListing(aws, 0, signal)(names);

/** The same of functions whose names are told later. */
export type CodeListing = (names: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/**
 * Begins to list where it is known that there will be enough names: the first page is needed whatever they are.
 *
 * @param count how many there will be, or fewer
 */
export function codeListing(aws: Aws, count: number, signal: AbortSignal): CodeListing {
  const begun = count < FEW ? undefined : listingOf(aws);
  const first = begun && sharedPage(begun.pages, 0, () => pageOf(aws, undefined, signal));
  // Whoever needs it hears why it failed.
  first?.catch(() => undefined);
  return (names) =>
    explained('listing functions', async () => {
      const found = new Map<string, string>();
      if (names.length < FEW) return found;
      const wanted = new Set(names);
      const listing = begun ?? listingOf(aws);
      const worth = Math.ceil(wanted.size / WORTH_A_PAGE);
      listing.asked++;
      listing.granted += worth;
      const most = listing.granted + worth * Math.max(0, usersOf(aws) - listing.asked);
      let marker: string | undefined;
      for (let at = 0; found.size < wanted.size; at++) {
        // What another stack of this run had listed costs nothing.
        if (listing.pages[at] === undefined && at >= most) break;
        const page = at === 0 ? first : undefined;
        const { codes, next } = await (page ??
          sharedPage(listing.pages, at, () => pageOf(aws, marker, signal)));
        for (const [name, code] of codes) if (wanted.has(name)) found.set(name, code);
        marker = next;
        if (!marker) break;
      }
      return found;
    }).catch((error: unknown) => {
      if (!(error instanceof ProblemError) || !isDenied(error.cause)) throw error;
      return new Map();
    });
}

/** A page that another stack could not have, as when it was cancelled, is asked for once more: its failure is not ours. */
async function sharedPage(pages: Promise<Page>[], at: number, ask: () => Promise<Page>): Promise<Page> {
  const begin = async (): Promise<Page> => {
    const page = ask();
    pages[at] = page;
    try {
      return await page;
    } catch (error) {
      if (pages[at] === page) pages.length = at;
      throw error;
    }
  };
  const shared = pages[at];
  return shared ? shared.catch(begin) : begin();
}

async function pageOf(aws: Aws, marker: string | undefined, signal: AbortSignal): Promise<Page> {
  const { client, sdk } = await aws.lambda();
  const command = new sdk.ListFunctionsCommand({ Marker: marker });
  command.middlewareStack.add(rewriteReply(namesAndCodes), WITHIN_DESERIALIZER);
  const { Functions = [], NextMarker } = await client.send(command, withSignal(signal));
  const codes = Functions.map(
    ({ FunctionName = '', CodeSha256 = '' }) => [FunctionName, CodeSha256] as const,
  );
  return { codes: new Map(codes), next: NextMarker };
}

interface FunctionsPage {
  readonly Functions?: readonly { readonly FunctionName?: string; readonly CodeSha256?: string }[];
  readonly NextMarker?: string;
}

/** Of a page of functions, all but names and hashes left out. */
function namesAndCodes(body: string): string {
  try {
    const { Functions, NextMarker } = JSON.parse(body) as FunctionsPage;
    const few = Functions?.map(({ FunctionName, CodeSha256 }) => ({ FunctionName, CodeSha256 }));
    return JSON.stringify({ Functions: few, NextMarker });
  } catch {
    return body;
  }
}
