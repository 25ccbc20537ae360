import { type Aws, connect } from '../../src/aws/connection/clients.ts';
import type { StackEvent } from '../../src/aws/stack/events.ts';
import type { OperationOptions } from '../../src/aws/stack/operation.ts';
import type { Log } from '../../src/log.ts';
import { archiveOf } from '../../src/packaging/archive/single-file.ts';

/** A log that keeps its lines. */
export interface Lines extends Log {
  readonly lines: string[];
}

export function lines(): Lines {
  const kept: string[] = [];
  const log: Lines = {
    lines: kept,
    debug: (message) => void kept.push(`debug: ${message}`),
    info: (message) => void kept.push(message),
    warning: (message) => void kept.push(`warning: ${message}`),
    error: (message) => void kept.push(`error: ${message}`),
    secret: () => undefined,
    redact: (text) => text,
    group: (_title, body) => body(log),
  };
  return log;
}

/** Options for an operation that may take minutes, and what became known of it. */
export function operation(more: Partial<OperationOptions> = {}): OperationOptions & {
  readonly log: Lines;
  readonly events: StackEvent[];
} {
  const events: StackEvent[] = [];
  return {
    log: lines(),
    signal: new AbortController().signal,
    deadline: Date.now() + 240_000,
    onEvent: (event) => void events.push(event),
    events,
    ...more,
  } as ReturnType<typeof operation>;
}

/**
 * A connection to an endpoint of the tests. The SDK itself reads credentials and endpoint from the environment of the
 * process.
 */
export function connectTo(endpoint: string): Promise<Aws> {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
  });
  return connect({ region: 'us-east-1', env: process.env, version: '0.0.0-test' });
}

/** Text of a template. */
export const template = (resources: object, more: object = {}): string =>
  JSON.stringify({ ...more, Resources: resources });

/** An archive with one file, stored. */
export const zipOf = (name: string, text: string): Buffer => Buffer.from(archiveOf(name, text));
