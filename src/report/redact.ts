import type { Problem } from '../problem.ts';
import type { Report } from './model.ts';

/**
 * A report without secrets in what others wrote: reasons of AWS, outputs, warnings. It is done before text is escaped for
 * its readers, which may change the secret so that it is not found any more.
 */
export function redactReport(report: Report, redact: (text: string) => string): Report {
  const problem = (each: Problem): Problem => ({
    ...each,
    message: redact(each.message),
    ...(each.subject && { subject: redact(each.subject) }),
    ...(each.next && { next: redact(each.next) }),
  });
  return {
    ...report,
    problems: report.problems.map(problem),
    warnings: report.warnings.map(redact),
    stacks: report.stacks.map((stack) => ({
      ...stack,
      base: 'why' in stack.base ? { ...stack.base, why: redact(stack.base.why) } : stack.base,
      outputs: Object.fromEntries(
        Object.entries(stack.outputs).map(([name, value]) => [name, redact(value)]),
      ),
      ...(stack.parameterValues && {
        parameterValues: Object.fromEntries(
          Object.entries(stack.parameterValues).map(([name, { before, after }]) => [
            name,
            { before: redact(before), after: redact(after) },
          ]),
        ),
      }),
      ...(stack.notes && { notes: stack.notes.map(redact) }),
      failure: stack.failure && problem(stack.failure),
    })),
  };
}
