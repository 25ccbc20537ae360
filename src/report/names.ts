import { withSubjects } from '../template/iam/protection.ts';
import type { Report, StackReport } from './model.ts';

/** The report as people read it: resources under the names that they have in their author's code. */
export const withNames = (report: Report): Report => ({ ...report, stacks: report.stacks.map(named) });

function named(stack: StackReport): StackReport {
  const { names, diff, drift, codeSizes, codeFiles, madeBy, timeline } = stack;
  if (!names || Object.keys(names).length === 0) return stack;
  const name = (logicalId: string): string => nameOf(stack, logicalId) ?? logicalId;
  return {
    ...stack,
    diff: {
      ...diff,
      resources: diff.resources.map((each) => ({
        ...each,
        logicalId: name(each.logicalId),
        ...(each.kind === 'added' && each.renamedFrom && { renamedFrom: name(each.renamedFrom) }),
        ...(each.kind === 'added' && each.movedFrom && { movedFrom: name(each.movedFrom) }),
        ...(each.kind === 'added' &&
          each.takenName && { takenName: { ...each.takenName, from: name(each.takenName.from) } }),
        ...(each.kind !== 'added' && each.lostProtections && withSubjects(each.lostProtections, name)),
      })),
      iam: diff.iam.map((each) => ({ ...each, logicalId: name(each.logicalId) })),
    },
    ...(drift && { drift: drift.map((row) => ({ ...row, logicalId: name(row.logicalId) })) }),
    ...(timeline && {
      timeline: timeline.map((row) => ({ ...row, logicalId: name(row.logicalId) })),
    }),
    ...(madeBy && {
      madeBy: Object.fromEntries(Object.entries(madeBy).map(([id, maker]) => [name(id), name(maker)])),
    }),
    codeSizes: Object.fromEntries(Object.entries(codeSizes).map(([id, size]) => [name(id), size])),
    ...(codeFiles && {
      codeFiles: Object.fromEntries(Object.entries(codeFiles).map(([id, files]) => [name(id), files])),
    }),
  };
}

/** What a resource is called in its author's code, where that is known. */
export const nameOf = ({ names = {} }: StackReport, logicalId: string): string | undefined =>
  Object.hasOwn(names, logicalId) ? names[logicalId] : undefined;
