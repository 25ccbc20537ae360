import type { Began, CallEnded, ConsoleEvent, ExecutionProgress, InvocationProfile } from './types.ts';

/** Something that happened, as far as it has come. */
export interface HistoryEntry extends Omit<Began, 'kind'> {
  readonly logs: string;
  readonly end?: Omit<CallEnded, 'kind' | 'id' | 'logs'>;
  readonly hasProfile?: true;
  /** Of a state machine or a durable function. */
  readonly execution?: ExecutionProgress;
}

/** Entries that are kept; what is older is forgotten. */
const MOST = 200;
/** Characters of an event, a response or logs that are kept. */
const LONGEST = 512 * 1024;
/** Characters of all of them together. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** What happened, oldest first. */
export interface History {
  readonly entries: () => readonly HistoryEntry[];
  readonly profileOf: (id: string) => InvocationProfile | undefined;
  add(happening: ConsoleEvent): HistoryEntry | undefined;
}

export function createHistory(): History {
  const entries = new Map<string, HistoryEntry>();
  const profiles = new Map<string, InvocationProfile>();
  let characters = 0;

  function next(happening: ConsoleEvent): HistoryEntry | undefined {
    if (happening.kind === 'began') {
      const { kind: _, ...began } = happening;
      return { ...began, event: short(began.event), logs: '' };
    }
    const entry = entries.get(happening.id);
    if (!entry) return undefined;
    if (happening.kind === 'log') return { ...entry, logs: tail(entry.logs + happening.text) };
    if (happening.kind === 'moved') return { ...entry, execution: happening.execution };
    if (happening.kind === 'profiled') {
      profiles.set(happening.id, happening.profile);
      return { ...entry, hasProfile: true };
    }
    const { kind: _, id: __, logs = entry.logs, ...end } = happening;
    return { ...entry, logs: tail(logs), end: { ...end, response: short(end.response) } };
  }

  return {
    entries: () => [...entries.values()],
    profileOf: (id) => profiles.get(id),
    add(happening) {
      const entry = next(happening);
      if (!entry) return undefined;
      characters += sizeOf(entry) - sizeOf(entries.get(entry.id));
      entries.set(entry.id, entry);
      for (const oldest of entries.keys()) {
        if (oldest === entry.id || (entries.size <= MOST && characters <= MOST_CHARACTERS)) break;
        characters -= sizeOf(entries.get(oldest));
        entries.delete(oldest);
        profiles.delete(oldest);
      }
      return entry;
    },
  };
}

const short = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST)}\n… cut: ${text.length} characters` : text;

const tail = (text: string): string => (text.length > LONGEST ? text.slice(-LONGEST) : text);

const sizeOf = (entry: HistoryEntry | undefined): number =>
  entry
    ? entry.event.length + entry.logs.length + (entry.end?.response.length ?? 0) + sizeOfExecution(entry)
    : 0;

/** Characters, about. */
const sizeOfExecution = ({ execution }: HistoryEntry): number =>
  execution ? (execution.rows.length + execution.events.length) * 150 : 0;
