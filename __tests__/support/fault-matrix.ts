import { forEachOf } from '../../src/order/for-each.ts';
import { type Bench, type CaseResult, COMMANDS, type FaultCase } from './fault-case.ts';
import type { Fault } from './faults.ts';

/** Each fault, and whether AWS has done the work by then. */
const FAULTS: readonly { readonly fault: Fault; readonly after: boolean }[] = [
  // Those that take longest come first, so that the others run beside them.
  { fault: 'hang', after: false },
  { fault: 'hang', after: true },
  { fault: 'slow', after: true },
  { fault: 'throttling', after: false },
  { fault: 'internal-error', after: false },
  { fault: 'internal-error', after: true },
  { fault: 'unavailable', after: false },
  { fault: 'unavailable', after: true },
  { fault: 'reset', after: false },
  { fault: 'reset', after: true },
  { fault: 'truncated', after: true },
  { fault: 'clock-skew', after: false },
  { fault: 'expired-credentials', after: false },
];

/** These are about the reply to a call that only reads, too. */
const OF_READS: ReadonlySet<Fault> = new Set(['slow', 'truncated']);

/** Every call that the commands make x every fault, once and three times in a row. */
export async function faultMatrix(bench: Bench): Promise<readonly FaultCase[]> {
  const calls: Pick<FaultCase, 'command' | 'operation' | 'number'>[] = [];
  const changing = new Set<string>();
  for (const command of COMMANDS) {
    const seen = new Map<string, number>();
    for (const { operation, mutating } of await bench.calls(command)) {
      const number = seen.get(operation) ?? 0;
      seen.set(operation, number + 1);
      calls.push({ command, operation, number });
      if (mutating) changing.add(operation);
    }
  }
  return FAULTS.flatMap(({ fault, after }) =>
    [3, 1].flatMap((times) =>
      calls
        .filter(({ operation }) => !after || changing.has(operation) || OF_READS.has(fault))
        .map((call) => ({ ...call, fault, after, times })),
    ),
  );
}

/**
 * So many of the cases, spread evenly over calls and faults. Calls that hang three times are left to the whole matrix,
 * as each takes more than a minute.
 */
export function sampleOf(cases: readonly FaultCase[], size: number): readonly FaultCase[] {
  const quick = cases.filter(({ fault, times }) => fault !== 'hang' || times === 1);
  return quick.filter(
    (_, n) => Math.floor(((n + 1) * size) / quick.length) > Math.floor((n * size) / quick.length),
  );
}

export interface MatrixResult {
  /** `cases N, recovered N, clear error N, wrong: N` */
  readonly summary: string;
  /** Each wrong case, in words. */
  readonly wrong: readonly string[];
}

/**
 * Runs cases, many at a time, as most of them wait.
 *
 * @param tell hears of each case as it ends
 */
export async function runMatrix(
  bench: Bench,
  cases: readonly FaultCase[],
  tell: (line: string) => void = () => undefined,
): Promise<MatrixResult> {
  const wrong: string[] = [];
  const counts: Record<CaseResult['verdict'], number> = {
    recovered: 0,
    'clear error': 0,
    wrong: 0,
    'not met': 0,
  };
  await forEachOf(cases, AT_ONCE, async (one) => {
    let result = await bench.run(one);
    for (let tried = 1; tried < TRIES && result.verdict === 'not met'; tried++) result = await bench.run(one);
    const { verdict, said } = result;
    counts[verdict]++;
    const line = `${nameOf(one)}: ${verdict}${said && `: ${said}`}`;
    tell(line);
    if (verdict === 'wrong' || (verdict === 'not met' && !POLLED.test(one.operation))) wrong.push(line);
  });
  const unmet = counts['not met'] > 0 ? `, not met ${counts['not met']}` : '';
  const summary = `cases ${cases.length}, recovered ${counts.recovered}, clear error ${counts['clear error']}${unmet}, wrong: ${wrong.length}`;
  return { summary, wrong };
}

/** Calls that wait for something: how many it takes is up to AWS, so the last of them may not come. */
const POLLED = /^(Describe|Get|List|Head)/;

const AT_ONCE = 32;
/** How often a case is tried until its fault is met. */
const TRIES = 4;

/** What a case is called. */
export const nameOf = ({ command, operation, number, fault, after, times }: FaultCase): string =>
  `${command}, ${operation} ${number + 1}, ${fault}${after ? ' after the work' : ''} x${times}`;
