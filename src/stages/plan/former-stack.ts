import { ProblemError, problemLine } from '../../problem.ts';
import type { DiffBase } from '../../report/model.ts';
import { withoutAccounts } from '../../text/accounts.ts';
import type { Run } from '../run.ts';
import type { Destination } from '../upload/destination.ts';
import { knownThen } from './known-templates.ts';
import { assembledLevel, deployedLevel, type Level } from './levels/level.ts';
import { locate } from './locate.ts';
import type { Deployed } from './look-up-stack.ts';
import type { FoundStack } from './stack-plan.ts';

/** What a stack is compared with. */
export interface FormerStack {
  readonly before: Level | undefined;
  readonly base: DiffBase;
}

/**
 * The deployed stack; nothing where AWS says that there is none, as a deployment creates everything then. A preview that
 * cannot ask AWS takes the stack of the pull request's base commit; else nothing, with the reason.
 */
export async function formerStack(
  { stack, aws, deployed }: FoundStack,
  { destination, purpose }: { readonly destination: Destination; readonly purpose: 'preview' | 'deploy' },
  run: Run,
): Promise<FormerStack> {
  if (aws && deployed.kind === 'stack')
    return { before: await deployedLevel(aws, deployed), base: { kind: 'deployed' } };
  if (deployed.kind === 'unreadable')
    return { before: undefined, base: { kind: 'missing', why: deployed.why } };
  const why = whyNothing(deployed);
  const sha = run.host.event.baseSha;
  if (deployed.kind === 'absent' || purpose === 'deploy' || !sha)
    return { before: undefined, base: { kind: 'nothing', why } };
  const { baseAssembly } = await import('./base-commit.ts');
  const read = await baseAssembly(sha, run);
  if (read.kind === 'none')
    return { before: undefined, base: { kind: 'nothing', why: `${why}; ${read.why}` } };
  const same = read.assembly.stacks.find(({ id }) => id === stack.id);
  if (!same) return { before: undefined, base: { kind: 'commit', sha } };
  const rendered = locate(same, destination);
  const { template, parameters } = rendered;
  const known = knownThen({ template: template.template, parameters }, deployed);
  const region = stack.environment?.region ?? aws?.region;
  try {
    const before = await assembledLevel({ stack: same, rendered, region }, known);
    return { before, base: { kind: 'commit', sha } };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const reasons = error.problems.map(problemLine).join('; ');
    const reason = `the template of the base commit ${sha.slice(0, 7)} could not be deployed: ${reasons}`;
    return { before: undefined, base: { kind: 'nothing', why: `${why}; ${reason}` } };
  }
}

function whyNothing(deployed: Deployed): string {
  if (deployed.kind === 'unknown') return withoutAccounts(deployed.why);
  return deployed.kind === 'absent' && deployed.status !== undefined
    ? `the stack is ${deployed.status}`
    : 'the stack does not exist yet';
}
