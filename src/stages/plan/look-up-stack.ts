import type { Aws } from '../../aws/connection/clients.ts';
import { deployedTemplate, describeStack, type Stack } from '../../aws/stack/stack.ts';
import { stateOf } from '../../aws/stack/stack-states.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import type { Template } from '../../template/types.ts';

/** What AWS has under the stack's name. */
export type Deployed =
  | { readonly kind: 'stack'; readonly stack: Stack; readonly template: Template }
  /** `status` of a stack that is there, but has no resources of its own to compare with. */
  | { readonly kind: 'absent'; readonly status?: string }
  /** Nobody could be asked, or the answer cannot be read. */
  | { readonly kind: 'unknown'; readonly why: string };

export type DeployedStack = Extract<Deployed, { kind: 'stack' }>;

/** Reads the deployed stack and its template, whichever state it is in. */
export async function lookUp(aws: Aws, stackName: string): Promise<Deployed> {
  const stack = await describeStack(aws, stackName);
  if (!stack) return { kind: 'absent' };
  if (stateOf(stack.status).resources === 'none') return { kind: 'absent', status: stack.status };
  return readStack(aws, stack);
}

/** What CloudFormation has taken is read as it reads it; where that fails all the same, there is no comparison. */
async function readStack(aws: Aws, stack: Stack): Promise<Deployed> {
  const text = await deployedTemplate(aws, stack.id);
  const { parseDeployed } = await import(/* webpackMode: "eager" */ '../../template/read/parse.ts');
  try {
    return { kind: 'stack', stack, template: parseDeployed(text, `deployed stack ${stack.name}`) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const why = error.problems.map(problemLine).join('; ');
    return { kind: 'unknown', why: `the template that is deployed cannot be read: ${why}` };
  }
}
