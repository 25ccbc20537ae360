import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { CallbackAnswers } from '../../local/durable/types.ts';
import type { TextFile } from '../../parse/kinds.ts';
import { ProblemError } from '../../problem.ts';
import { inputContext } from '../../read-inputs.ts';

/** What a function is called with. */
export interface CallEvent {
  /** JSON. */
  readonly text: string;
  /** Whose call it is, where the event says it. */
  readonly tenant?: string;
  /** What callbacks of a durable function are answered, where the event says it. */
  readonly callbacks?: CallbackAnswers;
}

/**
 * The JSON text that the input `event` means: the path of an event or of a smoke test, JSON itself, or
 * `generate:<source>`; `{}` without one.
 *
 * @throws ProblemError when it is none of them, or larger than Lambda takes
 */
export async function callEvent(inputs: Inputs, host: Host): Promise<CallEvent> {
  const found = await readEvent(inputs, host);
  const size = Buffer.byteLength(found.text);
  if (size <= LARGEST) return found;
  throw new ProblemError({
    subject: 'input event',
    message: `the event has ${size} bytes; Lambda takes ${LARGEST}`,
    next: 'Give a smaller one, or the place in S3 of what is large.',
  });
}

/** Bytes. Source: AWS Lambda Developer Guide, "Lambda quotas": synchronous invocations. */
const LARGEST = 6 * 1024 * 1024;

async function readEvent(inputs: Inputs, host: Host): Promise<CallEvent> {
  const { event = '{}' } = inputs;
  const [, source] = /^generate:(.+)$/.exec(event) ?? [];
  if (source !== undefined) {
    const { generateEvent } = await import('../../local/events/index.ts');
    return { text: JSON.stringify(generateEvent(source)) };
  }
  if (isJson(event)) return { text: event };
  const found = await inputContext(host.workspace, inputs.workingDirectory).readText(event);
  if (found !== undefined && isJson(found.text)) return fileEvent(found, host);
  throw new ProblemError(
    found === undefined
      ? {
          subject: 'input event',
          message: `${JSON.stringify(event.slice(0, 80))} is neither JSON nor a file`,
          next: 'Give JSON, the path of a JSON file, or generate:<source>.',
        }
      : {
          subject: 'input event',
          message: 'it is no JSON',
          place: { file: found.file },
          next: 'Mend the file.',
        },
  );
}

/** The file itself, or what a smoke test sends to its function. */
async function fileEvent({ text, file }: TextFile, { log }: Host): Promise<CallEvent> {
  const { isSmokeTest, parseSmokeTest } = await import('../../local/smoke.ts');
  if (!isSmokeTest(JSON.parse(text))) return { text };
  log.info(`${file} is a smoke test: the function gets its payload`);
  const { payload, tenant, callbacks } = parseSmokeTest(file, text);
  return {
    text: JSON.stringify(payload),
    ...(tenant !== undefined && { tenant }),
    ...(callbacks && { callbacks }),
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
