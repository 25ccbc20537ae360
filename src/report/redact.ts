import type { Problem } from '../problem.ts';
import type { Report } from './model.ts';
import { redactPicture } from './picture/redact.ts';

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
      ...(stack.drift && {
        drift: stack.drift.map((row) => ({
          ...row,
          deployed: redact(row.deployed),
          real: redact(row.real),
          after: redact(row.after),
        })),
      }),
      ...(stack.instances && {
        instances: stack.instances.map((row) => ({
          ...row,
          ...(row.reason !== undefined && { reason: redact(row.reason) }),
        })),
      }),
      ...(stack.picture && { picture: redactPicture(stack.picture, redact) }),
      ...(stack.resourceTexts && {
        resourceTexts: Object.fromEntries(
          Object.entries(stack.resourceTexts).map(([name, text]) => [name, redact(text)]),
        ),
      }),
      failure: stack.failure && problem(stack.failure),
    })),
  };
}
