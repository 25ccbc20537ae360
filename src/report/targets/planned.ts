import { code, plain } from '../escape.ts';

/** What a plan has to say of one target. */
export interface PlannedRow {
  readonly name: string;
  readonly service: string;
  /** From 0. */
  readonly wave: number;
  readonly because: readonly string[];
}

/** What is to be deployed by jobs of their own, and why, for a job summary. */
export function planMarkdown({
  targets,
  untouched,
}: {
  readonly targets: readonly PlannedRow[];
  readonly untouched: readonly string[];
}): string {
  const all = targets.length + untouched.length;
  const title = `### 🗺️ ${targets.length} of ${all} target${all === 1 ? '' : 's'} touched`;
  const rows = targets.map(
    ({ name, service, wave, because }) =>
      `| ${code(name)} | ${plain(service)} | ${wave + 1} | ${because.map(plain).join('<br>')} |`,
  );
  const table =
    rows.length > 0 ? ['| Target | Service | Wave | Because |', '|---|---|---|---|', ...rows, ''] : [];
  const rest = untouched.length > 0 ? [`Not touched: ${untouched.map(code).join(', ')}`] : [];
  return [title, '', ...table, ...rest].join('\n');
}
