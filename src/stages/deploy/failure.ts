import type { ChangeResult } from '../../aws/stack/follow-change.ts';
import type { Problem } from '../../problem.ts';
import type { TemplateDocument } from '../../template/document.ts';

/** A failed deployment as a problem: the first resource that failed, why, on which line it stands, and what to do. */
export function failureProblem(
  stackName: string,
  result: Extract<ChangeResult, { kind: 'failed' }>,
  template: TemplateDocument,
): Problem {
  const { cause, stack, operation } = result;
  const now = stack ? `the stack is ${stack.status}` : 'the stack was deleted again';
  if (!cause && !stack) {
    return {
      subject: stackName,
      message: `the ${operation} did not end: the stack is gone, and no event says why; another operation may have deleted it`,
      next: 'Run the job again.',
    };
  }
  if (!cause) {
    return {
      subject: stackName,
      message: `the ${operation} failed: ${stack?.statusReason ?? now}`,
      next: 'Look at the events of the stack.',
    };
  }
  const inRoot = cause.stackName === stackName;
  return {
    subject: cause.logicalId,
    message: `${cause.status}: ${cause.reason}${inRoot ? '' : ` [nested stack ${cause.stackName}]`}; ${now}`,
    ...(inRoot && { place: template.locate(['Resources', cause.logicalId]) }),
    next: cause.next ?? 'Correct the resource and run the job again.',
  };
}
