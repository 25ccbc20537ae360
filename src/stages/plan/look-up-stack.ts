import type { Aws } from '../../aws/connection/clients.ts';
import { deployedTemplate, describeStack, type Stack } from '../../aws/stack/stack.ts';
import { stateOf } from '../../aws/stack/stack-states.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import type { Template } from '../../template/types.ts';

/** What AWS has under the stack's name. */
export type Deployed =
  | { readonly kind: 'stack'; readonly stack: Stack; readonly template: Template }
  /** A stack whose template cannot be read, whoever deployed it. */
  | { readonly kind: 'unreadable'; readonly stack: Stack; readonly why: string }
  /** `status` of a stack that is there, but from which a deployment creates a new one. */
  | { readonly kind: 'absent'; readonly status?: string }
  /** Nobody could be asked. */
  | { readonly kind: 'unknown'; readonly why: string };

export type DeployedStack = Extract<Deployed, { kind: 'stack' }>;

/** Reads the deployed stack and its template, whichever state it is in. */
export async function lookUp(aws: Aws, stackName: string): Promise<Deployed> {
  const stack = await describeStack(aws, stackName);
  if (!stack) return { kind: 'absent' };
  if (['create', 'recreate'].includes(stateOf(stack.status).reaction))
    return { kind: 'absent', status: stack.status };
  try {
    return { kind: 'stack', stack, template: await readTemplate(aws, stack) };
  } catch (error) {
    if (!(error instanceof UnreadableTemplate)) throw error;
    const why = error.problems.map(problemLine).join('; ');
    return { kind: 'unreadable', stack, why: `the template that is deployed cannot be read: ${why}` };
  }
}

/** CloudFormation has taken the template, and we do not understand it. */
class UnreadableTemplate extends ProblemError {}

/**
 * The template that a stack was last deployed with, read as CloudFormation reads it.
 *
 * @throws ProblemError when AWS does not tell it, or when it cannot be read
 */
export async function readTemplate(aws: Aws, stack: Stack): Promise<Template> {
  const text = await deployedTemplate(aws, stack.id);
  const { parseDeployed } = await import(/* webpackMode: "eager" */ '../../template/read/parse.ts');
  try {
    return parseDeployed(text, `deployed stack ${stack.name}`);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new UnreadableTemplate(error.problems, { cause: error });
  }
}
