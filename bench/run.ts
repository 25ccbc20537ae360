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
    run(): Promise<BenchRow | BenchRow[]> | AsyncGenerator<BenchRow>;
  };
  const rows = run();
  if (Symbol.asyncIterator in rows) for await (const row of rows) tell(row);
  else for (const row of [await rows].flat()) tell(row);
}
process.exitCode = ok ? 0 : 1;

function tell({ ok: isMet, name, ours, peer, peerValue, unit, ratio, target }: BenchRow): void {
  ok &&= isMet;
  const figures = `${ours.toFixed(1)} ${unit}, ${peer} ${peerValue.toFixed(1)} ${unit}`;
  console.log(
    `${isMet ? 'ok  ' : 'MISS'} ${name}: ${figures}, ratio ${ratio.toFixed(2)} (target: ${target})`,
  );
}
