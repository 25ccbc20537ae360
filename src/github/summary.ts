import { appendFile, stat } from 'node:fs/promises';
import type { Log } from '../log.ts';

/** Bytes that GitHub takes as the summary of a step; of more it takes nothing. */
export const SUMMARY_LIMIT = 1024 * 1024;

/** Adds Markdown to the job summary; failing at that only warns. */
export async function writeSummary(path: string | undefined, markdown: string, log: Log): Promise<void> {
  if (!path) return;
  const text = `${markdown}\n`;
  try {
    const there = await stat(path).then(
      ({ size }) => size,
      () => 0,
    );
    if (there + Buffer.byteLength(text) > SUMMARY_LIMIT) {
      log.warning('The job summary was left as it is: with this report it would be longer than GitHub takes');
      return;
    }
    await appendFile(path, text);
  } catch (error) {
    log.warning(
      `The job summary could not be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
