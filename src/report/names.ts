import { withSubjects } from '../template/iam/protection.ts';
import type { Report, StackReport } from './model.ts';

/** The report as people read it: resources under the names that they have in their author's code. */
export const withNames = (report: Report): Report => ({ ...report, stacks: report.stacks.map(named) });

function named(stack: StackReport): StackReport {
  const { names, diff, codeSizes, codeFiles } = stack;
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
        ...(each.kind !== 'added' && each.lostProtections && withSubjects(each.lostProtections, name)),
      })),
      iam: diff.iam.map((each) => ({ ...each, logicalId: name(each.logicalId) })),
    },
    codeSizes: Object.fromEntries(Object.entries(codeSizes).map(([id, size]) => [name(id), size])),
    ...(codeFiles && {
      codeFiles: Object.fromEntries(Object.entries(codeFiles).map(([id, files]) => [name(id), files])),
    }),
  };
}

/** What a resource is called in its author's code, where that is known. */
export const nameOf = ({ names = {} }: StackReport, logicalId: string): string | undefined =>
  Object.hasOwn(names, logicalId) ? names[logicalId] : undefined;
