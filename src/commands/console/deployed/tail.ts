import { setTimeout as pause } from 'node:timers/promises';
import type { Aws } from '../../../aws/connection/clients.ts';
import { codeOf } from '../../../aws/connection/errors.ts';
import { callLogs } from '../../../aws/connection/logs.ts';
import type { CallEnded, Tell } from '../../../console/types.ts';
import { ProblemError } from '../../../problem.ts';
import { type LogLine, markerOf } from './lines.ts';

/** Milliseconds between two looks: FilterLogEvents takes 5 calls a second of an account at least. */
const LOOK = 2_000;
/** Milliseconds. CloudWatch shows lines late, and not in their order. */
const LATE = 30_000;

/** A function whose log is followed. */
export interface FollowedLog {
  /** Its logical ID. */
  readonly id: string;
  readonly logGroup: string;
}

export interface TailOptions {
  readonly aws: Aws;
  readonly signal: AbortSignal;
  readonly tell: Tell;
  /** Whether an invocation is the page's own, of which it knows; asked once its lines are there. */
  readonly isOwn: (requestId: string) => boolean;
  /** Whether a function runs for the page just now: until it has answered, nobody knows which lines are its. */
  readonly isBusy: (id: string) => boolean;
  /** Hears once why a log cannot be read. */
  readonly warn: (message: string) => void;
}

/** Follows the logs of functions until the signal is aborted, and tells of each invocation in them. */
export async function followLogs(functions: readonly FollowedLog[], options: TailOptions): Promise<void> {
  const { signal } = options;
  const followers = functions.map((each) => follower(each, options));
  while (!signal.aborted) {
    for (const look of followers) {
      if (signal.aborted) return;
      await look();
    }
    await pause(LOOK, undefined, { signal }).catch(() => undefined);
  }
}

function follower({ id, logGroup }: FollowedLog, { aws, signal, tell, isOwn, isBusy, warn }: TailOptions) {
  const seen = new Map<string, number>();
  const began = Date.now();
  let looked = began;
  const read = createReader(id, { tell, isOwn });
  let isWarned = false;
  return async (): Promise<void> => {
    if (isBusy(id)) return;
    const since = Math.max(began, looked - LATE);
    try {
      const now = Date.now();
      const lines = await linesOf(aws, { logGroup, since }, signal);
      looked = now;
      const fresh = lines.filter((line) => !seen.has(line.id));
      for (const line of fresh) {
        seen.set(line.id, line.at);
        read(line);
      }
      for (const [known, at] of seen) if (at < since) seen.delete(known);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ProblemError)) throw error;
      // Lambda makes it with the first line.
      if (codeOf(error.cause) === 'ResourceNotFoundException') return;
      if (!isWarned) warn(`${id}: its log is not followed: ${error.message}`);
      isWarned = true;
    }
  };
}

interface LogEvent {
  readonly eventId?: string;
  readonly timestamp?: number;
  readonly logStreamName?: string;
  readonly message?: string;
}

async function linesOf(
  aws: Aws,
  { logGroup, since }: { readonly logGroup: string; readonly since: number },
  signal: AbortSignal,
): Promise<readonly LogLine[]> {
  const lines: LogLine[] = [];
  let nextToken: unknown;
  do {
    const page = await callLogs(
      aws,
      'FilterLogEvents',
      { logGroupName: logGroup, startTime: since, ...(nextToken !== undefined && { nextToken }) },
      signal,
    );
    for (const { eventId, timestamp = 0, logStreamName: stream = '', message = '' } of (page.events ??
      []) as readonly LogEvent[])
      lines.push({ id: eventId ?? `${stream} ${timestamp} ${message}`, at: timestamp, stream, message });
    nextToken = page.nextToken ?? undefined;
  } while (nextToken !== undefined);
  return lines;
}

/** Makes invocations of lines: each begins with START, and ends with REPORT. */
export function createReader(to: string, { tell, isOwn }: Pick<TailOptions, 'tell' | 'isOwn'>) {
  /** By stream, the invocation that runs there. */
  const running = new Map<string, string>();
  return ({ at, stream, message }: LogLine): void => {
    const marker = markerOf(message);
    if (marker?.kind === 'start') {
      running.set(stream, marker.requestId);
      if (!isOwn(marker.requestId))
        tell({ kind: 'began', id: marker.requestId, at, to, event: '', cause: 'deployed' });
    }
    const id = running.get(stream);
    if (id === undefined || isOwn(id)) return;
    tell({ kind: 'log', id, text: message.endsWith('\n') ? message : `${message}\n` });
    if (marker?.kind !== 'report') return;
    running.delete(stream);
    tell({ kind: 'ended', id, at, status: statusOf(marker.status), response: '', numbers: marker.numbers });
  };
}

const statusOf = (status: string): CallEnded['status'] =>
  status === 'timeout' ? 'timeout' : status === 'success' ? 'success' : 'error';
