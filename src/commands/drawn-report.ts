import type { Report, StackReport } from '../report/model.ts';

/** A report of stacks that were drawn, and that nobody changes. */
export const drawnReport = (
  stacks: readonly StackReport[],
  { commit, runUrl }: Pick<Report, 'commit' | 'runUrl'>,
): Report => ({
  state: 'preview',
  stacks,
  problems: [],
  warnings: [],
  target: {
    stackNames: stacks.map(({ stackName }) => stackName),
    folder: '.',
    selected: '',
    region: undefined,
    stage: undefined,
    accountHash: '',
  },
  commit,
  runUrl,
});
