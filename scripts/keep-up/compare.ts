import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Newest } from './newest.ts';
import type { Topic } from './topics.ts';

/** What AWS has and we do not know, and where it belongs. */
export interface News {
  readonly topic: string;
  readonly name: string;
  readonly place: string;
}

/** What somebody has decided to leave out: names by topic. */
export type Decided = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads decided.txt: `## reason`, then lines of a topic and the names in it. */
export function readDecided(
  text = readFileSync(resolve(import.meta.dirname, 'decided.txt'), 'utf8'),
): Decided {
  const found = new Map<string, Set<string>>();
  for (const line of text.split('\n')) {
    const [topic = '', ...names] = line.trim().split(/\s+/);
    if (topic === '' || topic.startsWith('#')) continue;
    found.set(topic, new Set([...(found.get(topic) ?? []), ...names]));
  }
  return found;
}

/** What is new, and decisions on what is no longer there or is known by now. */
export function compare(
  newest: Newest,
  topics: readonly Topic[],
  decided: Decided,
): { readonly news: readonly News[]; readonly stale: readonly News[] } {
  const news: News[] = [];
  const stale: News[] = [];
  for (const { name: topic, place, of, known } of topics) {
    const names = new Set(of(newest));
    const left = decided.get(topic) ?? new Set();
    if (names.size === 0)
      throw new Error(`${topic}: nothing is found where it was; the package looks different now`);
    for (const name of names) if (!known.has(name) && !left.has(name)) news.push({ topic, name, place });
    for (const name of left) if (!names.has(name) || known.has(name)) stale.push({ topic, name, place });
  }
  return { news, stale };
}
