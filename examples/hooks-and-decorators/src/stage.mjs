import { readFile } from 'node:fs/promises';

/** Says which stage it runs in: the archive hook put that beside it. */
export async function handler() {
  return JSON.parse(await readFile(new URL('about.json', import.meta.url), 'utf8'));
}
