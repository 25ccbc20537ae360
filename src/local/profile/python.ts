import type { Frame } from './types.ts';

/** What `sparta_profile.py` writes of cProfile's statistics. Times are seconds. */
export interface PythonProfile {
  readonly functions: readonly PythonFunction[];
}

interface PythonFunction {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly self: number;
  readonly total: number;
  /** Who called it, by place in the list, and the time that it took for each. */
  readonly callers: readonly { readonly at: number; readonly total: number }[];
}

/** Of the whole, what is too little to be seen: 0.1 %. */
const LEAST = 1 / 1000;
const MOST_DEEP = 200;

/**
 * The calls of a profile of Python. cProfile counts who called whom and not the whole stack: what a function that was called
 * from several places called in its turn is divided by the time that each of them took.
 */
export function pythonFrames({ functions }: PythonProfile): Frame {
  const called = functions.map((): { readonly at: number; readonly total: number }[] => []);
  for (const [at, { callers }] of functions.entries())
    for (const caller of callers) called[caller.at]?.push({ at, total: caller.total });
  const roots = functions.flatMap(({ callers, total }, at) => (callers.length === 0 ? [{ at, total }] : []));
  const whole = roots.reduce((sum, { total }) => sum + total, 0);
  const frameOf = (at: number, total: number, above: readonly number[]): Frame[] => {
    const fn = functions[at];
    // What calls itself would be counted again.
    if (!fn || total < whole * LEAST || above.includes(at) || above.length > MOST_DEEP) return [];
    const share = fn.total > 0 ? Math.min(1, total / fn.total) : 0;
    const children = (called[at] ?? []).flatMap((each) =>
      frameOf(each.at, each.total * share, [...above, at]),
    );
    const below = children.reduce((sum, child) => sum + child.total, 0);
    const own = micro(total);
    return [
      {
        name: fn.name,
        place: fn.file.startsWith('~') || fn.file === '' ? '' : `${fn.file}:${fn.line}`,
        self: Math.max(0, own - below),
        total: Math.max(own, below),
        children,
      },
    ];
  };
  const children = roots.flatMap(({ at, total }) => frameOf(at, total, []));
  return {
    name: 'all',
    place: '',
    self: 0,
    total: children.reduce((sum, { total }) => sum + total, 0),
    children,
  };
}

const micro = (seconds: number): number => Math.round(seconds * 1_000_000);
