/** `npm run bench [name...]`: each measurement against a peer in the same run; each is told as soon as it is there. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchRow } from './row.ts';

const NOT_ROWS = new Set(['run.ts', 'row.ts']);
const wanted = process.argv.slice(2);
const files = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !NOT_ROWS.has(file))
  .filter((file) => wanted.length === 0 || wanted.includes(file.replace('.ts', '')))
  .sort();

let ok = true;
for (const file of files) {
  const { run } = (await import(join(import.meta.dirname, file))) as {
    run(): Promise<BenchRow | BenchRow[]> | AsyncIterable<BenchRow>;
  };
  for await (const row of rowsOf(run())) {
    ok &&= row.ok;
    const figures = `${row.ours.toFixed(1)} ${row.unit}, ${row.peer} ${row.peerValue.toFixed(1)} ${row.unit}`;
    console.log(
      `${row.ok ? 'ok  ' : 'MISS'} ${row.name}: ${figures}, ratio ${row.ratio.toFixed(2)} (target: ${row.target})`,
    );
  }
}

/** Some tell their rows as they come. */
async function* rowsOf(
  rows: Promise<BenchRow | BenchRow[]> | AsyncIterable<BenchRow>,
): AsyncGenerator<BenchRow> {
  if (rows instanceof Promise) yield* [await rows].flat();
  else yield* rows;
}

process.exitCode = ok ? 0 : 1;
