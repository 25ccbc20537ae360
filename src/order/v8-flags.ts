/**
 * Keeps V8 from growing the space for new objects, which it does up to 32 MB: what a run reads, packages and sends is soon
 * of no use, and 10 MB less is what it takes then. V8 asks for this flag whenever it would grow that space. To clear a space that
 * small, half a millisecond of one thread, takes longer where others are woken up for it and waited for. Loading what sets
 * flags takes some milliseconds, which small templates do not pay.
 */
export const keepYoungSpaceSmall = (): void => set('--semi-space-growth-factor=1 --no-parallel-scavenge');

/**
 * Keeps V8 from optimizing what runs for less than some seconds: its optimizing compilers take a fifth of the processor time and
 * of the memory of such a run, and what they make is hardly used. The quick one (Maglev) still takes what is called very often,
 * as packaging tens of thousands of files does. Not for what serves requests.
 */
export const optimizeLittle = (): void =>
  set('--no-opt --invocation-count-for-maglev=4000 --invocation-count-for-maglev-osr=4000');

const set = (flags: string): void => process.getBuiltinModule('node:v8').setFlagsFromString(flags);
