import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { ProblemError } from '../../problem.ts';
import { inputContext } from '../../read-inputs.ts';

/**
 * The JSON text that the input `event` means: a path, JSON itself, or `generate:<source>`; `{}` without one.
 *
 * @throws ProblemError when it is none of them, or larger than Lambda takes
 */
export async function eventText(inputs: Inputs, host: Host): Promise<string> {
  const text = await readEvent(inputs, host);
  const size = Buffer.byteLength(text);
  if (size <= LARGEST) return text;
  throw new ProblemError({
    subject: 'input event',
    message: `the event has ${size} bytes; Lambda takes ${LARGEST}`,
    next: 'Give a smaller one, or the place in S3 of what is large.',
  });
}

/** Bytes. Source: AWS Lambda Developer Guide, "Lambda quotas": synchronous invocations. */
const LARGEST = 6 * 1024 * 1024;

async function readEvent(inputs: Inputs, host: Host): Promise<string> {
  const { event = '{}' } = inputs;
  const [, source] = /^generate:(.+)$/.exec(event) ?? [];
  if (source !== undefined) {
    const { generateEvent } = await import('../../local/events/index.ts');
    return JSON.stringify(generateEvent(source));
  }
  if (isJson(event)) return event;
  const found = await inputContext(host.workspace, inputs.workingDirectory).readText(event);
  if (found !== undefined && isJson(found.text)) return found.text;
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

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
