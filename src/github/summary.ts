import { appendFile } from 'node:fs/promises';
import type { Log } from '../log.ts';

/** Bytes that GitHub takes as the summary of a step. */
export const SUMMARY_LIMIT = 1024 * 1024;

/** Adds Markdown to the job summary; failing at that only warns. */
export async function writeSummary(path: string | undefined, markdown: string, log: Log): Promise<void> {
  if (!path) return;
  try {
    await appendFile(path, `${markdown}\n`);
  } catch (error) {
    log.warning(
      `The job summary could not be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
