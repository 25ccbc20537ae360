import type { PictureEdge } from '../types.ts';
import type { Access, Arrow } from './arrows.ts';
import type { Owners } from './owners.ts';

/** Labels of one edge that are told; more are counted. */
const MOST_LABELS = 3;

interface Ends {
  readonly owners: Owners;
  /** Nodes that there are. */
  readonly known: ReadonlySet<string>;
}

interface Found {
  readonly from: string;
  readonly to: string;
  readonly kind: PictureEdge['kind'];
  readonly labels: Set<string>;
  readonly accesses: Set<Access>;
}

/**
 * Arrows between resources as edges between what they are drawn as: one for each kind. What an event says already is not
 * said again by the permission that it needs, and a reference says nothing where another edge does.
 */
export function mergedArrows(arrows: readonly Arrow[], { owners, known }: Ends): readonly PictureEdge[] {
  const found = new Map<string, Found>();
  for (const { from, to, kind, label, access } of arrows)
    for (const one of owners.get(from) ?? [from]) {
      const others = owners.get(to) ?? [to];
      // What it shares with others is its own.
      if (others.includes(one)) continue;
      for (const other of others) {
        if (!known.has(one) || !known.has(other)) continue;
        const key = [one, other, kind].join('\0');
        const edge = found.get(key) ?? {
          from: one,
          to: other,
          kind,
          labels: new Set<string>(),
          accesses: new Set<Access>(),
        };
        if (label !== '') edge.labels.add(label);
        if (access) edge.accesses.add(access);
        found.set(key, edge);
      }
    }
  const all = [...found.values()];
  const events = new Set(all.filter(({ kind }) => kind === 'event').map(({ from, to }) => `${from}\0${to}`));
  const permissions = new Set(
    all.filter(({ kind }) => kind === 'permission').map(({ from, to }) => `${from}\0${to}`),
  );
  const isTold = ({ from, to, kind, accesses }: Found): boolean => {
    const [there, back] = [`${from}\0${to}`, `${to}\0${from}`];
    if (kind === 'event') return false;
    if (kind === 'use') return [there, back].some((each) => events.has(each) || permissions.has(each));
    if (events.has(there)) return accesses.size === 1 && (accesses.has('call') || accesses.has('write'));
    return events.has(back) && accesses.size === 1 && accesses.has('read');
  };
  return all
    .filter((edge) => !isTold(edge))
    .map(({ from, to, kind, labels, accesses }) => ({
      from,
      to,
      kind,
      label: kind === 'permission' ? mayDo(accesses) : joined([...labels]),
    }));
}

const mayDo = (accesses: ReadonlySet<Access>): string =>
  `may ${(['read', 'write', 'call'] as const).filter((each) => accesses.has(each)).join(' and ')}`;

/** Labels with commas between them. */
export const joined = (labels: readonly string[]): string =>
  labels.length <= MOST_LABELS
    ? labels.join(', ')
    : `${labels.slice(0, MOST_LABELS - 1).join(', ')} and ${labels.length - MOST_LABELS + 1} more`;
