import { createHash } from 'node:crypto';
import { type Client, type Observation, observe, type Subject } from './observe.ts';
import type { Event } from './recording-api.ts';

/** A difference that is meant: the text that one side has and the other one does not. Whoever names one says why. */
export type Difference = readonly [from: RegExp, to: string];

/** Two clients that should not differ, and where they may. */
export interface Pair {
  /** AWS's own. */
  readonly theirs: Client;
  readonly ours: Client;
  readonly differences: readonly Difference[];
}

/** What both clients make of each event, by its name. */
export async function compared(
  pair: Pair,
  subject: Subject,
  events: Readonly<Record<string, Event>>,
): Promise<{ readonly theirs: Told; readonly ours: Told }> {
  const names = Object.keys(events);
  const [theirs, ours] = await Promise.all(
    [pair.theirs, pair.ours].map(async (client): Promise<Told> => {
      const seen = await observe(client, subject, Object.values(events));
      return Object.fromEntries(
        seen.map((each, index) => [names[index] ?? '', told(each, pair.differences)]),
      );
    }),
  );
  if (!theirs || !ours) throw new Error('two clients were run');
  return { theirs, ours };
}

type Told = Readonly<Record<string, readonly string[]>>;

/** An observation as text, without what may differ from run to run. */
function told({ posts, written, exit }: Observation, differences: readonly Difference[]): readonly string[] {
  const plain = (text: string): string =>
    differences
      .reduce((rest, [from, to]) => rest.replaceAll(from, to), text)
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>');
  const replies = posts.flatMap((post) => [
    // Python's client names no type for errors of the start.
    `${post.streamed ? 'streamed ' : ''}${post.path} ${post.path === 'init/error' ? post.errorType : post.contentType}`,
    // An answer of megabytes has nothing in it that differs from run to run.
    brief(post.body.length < LONG ? plain(post.body.toString('latin1')) : post.body.toString('latin1')),
    ...Object.entries(post.trailers).map(([name, value]) => `${name}: ${plain(readable(name, value))}`),
  ]);
  const lines = plain(written)
    .split('\n')
    .filter((line) => line !== '')
    .map(brief)
    .sort();
  return [...replies, ...lines, ...(exit === undefined ? [] : [`exit ${exit}`])];
}

/** Characters, above which a hash stands for a text. */
const LONG = 100_000;

const brief = (text: string): string =>
  text.length < LONG ? text : `${text.length} characters, ${createHash('sha256').update(text).digest('hex')}`;

const readable = (name: string, value: string): string =>
  name.endsWith('-body') ? Buffer.from(value, 'base64').toString() : value;
