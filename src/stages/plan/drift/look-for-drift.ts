import type { Aws } from '../../../aws/connection/clients.ts';
import { detectDrift, driftLines } from '../../../aws/drift/detect-drift.ts';
import type { Inputs } from '../../../inputs.ts';
import { type Problem, ProblemError, problemLine } from '../../../problem.ts';
import type { StackReport } from '../../../report/model.ts';

/** Whether CloudFormation is to compare resources with the template; a change set that reverts drift does that itself. */
export const looksForDrift = ({ drift, failOn = [] }: Pick<Inputs, 'drift' | 'failOn'>): boolean =>
  drift === true || (drift === false && failOn.includes('drift'));

/** Whose drift is looked for, and how long. */
export interface DriftQuestion {
  readonly aws: Aws;
  readonly stackId: string;
  readonly inputs: Pick<Inputs, 'failOn' | 'timeout'>;
  readonly signal: AbortSignal;
}

/**
 * What is to be said of a stack's drift in a report.
 *
 * @throws ProblemError when it cannot be found out, and the input `fail-on` depends on it
 */
export async function lookForDrift(
  question: DriftQuestion,
): Promise<Required<Pick<StackReport, 'notes' | 'drifted'>>> {
  try {
    const drift = await askForDrift(question);
    const lines = driftLines(drift);
    return { notes: lines, drifted: lines.slice(0, drift.resources.length) };
  } catch (error) {
    if (!(error instanceof ProblemError) || question.inputs.failOn?.includes('drift')) throw error;
    const notes = error.problems.map((problem) => `Drift is not known: ${problemLine(problem)}`);
    return { notes, drifted: [] };
  }
}

/** Why nothing is deployed to a stack that has drifted; `undefined` when it has not. */
export async function driftRefusal(stackName: string, question: DriftQuestion): Promise<Problem | undefined> {
  const { resources } = await askForDrift(question);
  if (resources.length === 0) return undefined;
  const names = resources.map(({ logicalId }) => logicalId).join(', ');
  return {
    subject: stackName,
    message: `nothing was deployed, because resources were changed outside of CloudFormation: ${names}`,
    next: 'Write into the template what is to stay, set drift: revert to undo it, or leave drift out of fail-on.',
  };
}

const askForDrift = ({ aws, stackId, inputs, signal }: DriftQuestion) =>
  detectDrift(aws, stackId, { signal, deadline: Date.now() + inputs.timeout * 60_000 });
