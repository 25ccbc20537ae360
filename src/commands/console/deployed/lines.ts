import type { Numbers } from '../../../console/types.ts';

/** A line of a log group. */
export interface LogLine {
  /** Of the event, by which a line is known that was read before. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Lines of one stream come from one process, which runs one invocation at a time. */
  readonly stream: string;
  readonly message: string;
}

/** What a line of Lambda's own says, in text or as JSON. Source: AWS Lambda Developer Guide, "Working with logs". */
export type LogMarker =
  | { readonly kind: 'start'; readonly requestId: string }
  | {
      readonly kind: 'report';
      readonly requestId: string;
      readonly numbers: Numbers;
      readonly status: string;
    };

/** `undefined`: the function wrote the line. */
export function markerOf(message: string): LogMarker | undefined {
  return message.startsWith('{') ? jsonMarker(message) : textMarker(message);
}

function textMarker(message: string): LogMarker | undefined {
  const [, start] = /^START RequestId: (\S+)/.exec(message) ?? [];
  if (start !== undefined) return { kind: 'start', requestId: start };
  const [, report] = /^REPORT RequestId: (\S+)/.exec(message) ?? [];
  if (report === undefined) return undefined;
  const number = (name: string): number | undefined => {
    const [, value] = new RegExp(`(?:^|\\t)${name}: ([\\d.]+) (?:ms|MB)`).exec(message) ?? [];
    return value === undefined ? undefined : Number(value);
  };
  const initMs = number('Init Duration');
  const [, status = 'success'] = /\tStatus: (\w+)/.exec(message) ?? [];
  return {
    kind: 'report',
    requestId: report,
    status,
    numbers: {
      durationMs: number('Duration') ?? 0,
      billedMs: number('Billed Duration') ?? 0,
      memoryMb: number('Memory Size') ?? 0,
      usedMb: number('Max Memory Used') ?? 0,
      ...(initMs !== undefined && { initMs }),
    },
  };
}

interface PlatformRecord {
  readonly type?: string;
  readonly record?: {
    readonly requestId?: string;
    readonly status?: string;
    readonly metrics?: Readonly<Record<string, number>>;
  };
}

function jsonMarker(message: string): LogMarker | undefined {
  let parsed: PlatformRecord;
  try {
    parsed = JSON.parse(message) as PlatformRecord;
  } catch {
    return undefined;
  }
  const { requestId, status = 'success', metrics = {} } = parsed.record ?? {};
  if (typeof requestId !== 'string') return undefined;
  if (parsed.type === 'platform.start') return { kind: 'start', requestId };
  if (parsed.type !== 'platform.report') return undefined;
  const { initDurationMs: initMs } = metrics;
  return {
    kind: 'report',
    requestId,
    status,
    numbers: {
      durationMs: metrics.durationMs ?? 0,
      billedMs: metrics.billedDurationMs ?? 0,
      memoryMb: metrics.memorySizeMB ?? 0,
      usedMb: metrics.maxMemoryUsedMB ?? 0,
      ...(initMs !== undefined && { initMs }),
    },
  };
}

/** The numbers in what a function wrote, if its end is there. */
export function reportIn(logs: string): Extract<LogMarker, { kind: 'report' }> | undefined {
  return logs
    .split('\n')
    .map(markerOf)
    .findLast((marker) => marker?.kind === 'report');
}
