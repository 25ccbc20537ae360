import type { Observer, ReadState, SimpleRead } from './observe.ts';
import type { Except, Read } from './reads.ts';

/** Everything that a build read, and how it looked then. */
export type InputRecord = readonly { readonly read: SimpleRead; readonly state: ReadState }[];

/** What is there now of what was read. */
export function recordOf(reads: readonly Read[], observe: Observer): InputRecord {
  const all = new Map<string, SimpleRead>();
  for (const read of reads) for (const each of observe.expand(read)) all.set(JSON.stringify(each), each);
  const sorted = [...all].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted.map(([, read]) => ({ read, state: observe.state(read) }));
}

/** The first thing that is not as it was; `undefined`: all is. */
export function firstChange(record: InputRecord, observe: Observer): SimpleRead | undefined {
  return record.find(({ read, state }) => observe.state(read) !== state)?.read;
}

/** For people: what has changed. */
export function changeText(read: SimpleRead): string {
  switch (read.kind) {
    case 'file':
      return `${read.name} has changed`;
    case 'names':
      return `the names in ${read.name || 'the workspace'} have changed`;
    case 'repository':
      return 'the commit, or what git knows, has changed';
    case 'variable':
      return `the variable ${read.name} has changed`;
    case 'program':
      return `the program ${read.name} has changed`;
    case 'programs':
      return 'a program on the PATH has changed';
  }
}

/** As it is stored: `[kind, state, name, ...except]`. */
export const writeRecord = (record: InputRecord): unknown =>
  record.map(({ read, state }) => {
    if (read.kind === 'repository' || read.kind === 'programs') return [read.kind, state];
    return read.kind === 'names'
      ? [read.kind, state, read.name, ...read.except]
      : [read.kind, state, read.name];
  });

/** `undefined` for what no build of ours has written. */
export function readRecord(value: unknown): InputRecord | undefined {
  if (!Array.isArray(value)) return undefined;
  const record = value.map(readEntry);
  return record.every((each) => each !== undefined) ? record : undefined;
}

function readEntry(value: unknown): InputRecord[number] | undefined {
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) return undefined;
  const [kind = '', state = '', name, ...except] = value as readonly string[] as [string, string, ...Except];
  if (kind === 'repository' || kind === 'programs') return { read: { kind }, state };
  if (name === undefined) return undefined;
  if (kind === 'names') return { read: { kind, name, except }, state };
  return kind === 'file' || kind === 'variable' || kind === 'program'
    ? { read: { kind, name }, state }
    : undefined;
}
