import type { StackOutcome } from '../../report/stack-outcome.ts';
import type { Check } from './read-checks.ts';

/** A check that was meant for a stack, and found none, is a failure: nobody would notice otherwise. */
export function withUnusedChecks(
  outcomes: readonly StackOutcome[],
  checks: readonly Check[],
): readonly StackOutcome[] {
  const [first, ...others] = outcomes;
  // Checks of stacks that did not change are not made.
  if (!first || !outcomes.every(({ report }) => report.state === 'deployed')) return outcomes;
  const made = new Set(outcomes.flatMap(({ report }) => (report.verification ?? []).map(({ file }) => file)));
  const unused = checks.filter(({ file }) => !made.has(file));
  if (unused.length === 0) return outcomes;
  const names = unused.map((check) => `${check.file} (${subjectOf(check)})`).join(', ');
  const failure = {
    subject: first.report.stackName,
    message: `it is deployed, but checks name no function or output that there is: ${names}`,
    next: 'Write the logical ID of a function, or the name of an output.',
  };
  return [{ ...first, report: { ...first.report, state: 'failed', failure } }, ...others];
}

const subjectOf = (check: Check): string => (check.kind === 'http' ? check.http.url : check.test.function);
