import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';
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

/** What was listed with a connection, and when. */
const listed = new WeakMap<Aws, { readonly since: number; readonly pages: Promise<Page>[] }>();
/** Milliseconds after which it is listed anew: others may have updated functions meanwhile. */
const LASTS = 60_000;

function pagesOf(aws: Aws): Promise<Page>[] {
  const known = listed.get(aws);
  if (known && performance.now() - known.since < LASTS) return known.pages;
  const pages: Promise<Page>[] = [];
  listed.set(aws, { since: performance.now(), pages });
  return pages;
}

/**
 * What functions run (base64 of the archive's SHA-256), by name, as far as it is found in a few pages of the account's
 * functions, of 50 each. Who may not list them (`lambda:ListFunctions`) finds none.
 */
export function listCode(
  aws: Aws,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  return explained('listing functions', async () => {
    const found = new Map<string, string>();
    if (names.length < FEW) return found;
    const wanted = new Set(names);
    const pages = pagesOf(aws);
    let left = Math.ceil(wanted.size / WORTH_A_PAGE);
    let marker: string | undefined;
    for (let at = 0; found.size < wanted.size; at++) {
      // What another stack of this run had listed costs nothing.
      if (pages[at] === undefined && left-- === 0) break;
      const page = pages[at] ?? pageOf(aws, marker, signal);
      pages[at] = page;
      const { codes, next } = await page.catch((error: unknown) => {
        pages.length = Math.min(pages.length, at);
        throw error;
      });
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
