import type { StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import { deployedTemplate, describeStack, processedTemplate, type Stack } from '../../aws/stack/stack.ts';
import { isCreatedAnew } from '../../aws/stack/stack-states.ts';
import type { Log } from '../../log.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import type { Template } from '../../template/types.ts';

/** What AWS has under the stack's name. */
export type Deployed =
  | {
      readonly kind: 'stack';
      readonly stack: Stack;
      readonly template: Template;
      /** What CloudFormation made of the template, where that was asked for ahead. */
      readonly processed?: Promise<string>;
    }
  /** A stack whose template cannot be read, whoever deployed it. */
  | { readonly kind: 'unreadable'; readonly stack: Stack; readonly why: string }
  /** `status` of a stack that is there, but from which a deployment creates a new one. */
  | { readonly kind: 'absent'; readonly status?: string }
  /** Nobody could be asked; `isFailure` where somebody was, and did not answer. */
  | { readonly kind: 'unknown'; readonly why: string; readonly isFailure?: true };

export type DeployedStack = Extract<Deployed, { kind: 'stack' }>;

/**
 * Reads the deployed stack and its template, whichever state it is in.
 *
 * @param isExpanded CloudFormation is asked at the same time what it made of the template: that will surely be needed
 */
export async function lookUp(
  aws: Aws,
  stackName: string,
  {
    isExpanded = false,
    signal,
  }: { readonly isExpanded?: boolean; readonly signal?: AbortSignal | undefined } = {},
): Promise<Deployed> {
  const stack = await describeStack(aws, stackName, signal);
  return stack ? deployedOf(aws, stack, isExpanded) : { kind: 'absent' };
}

/** The same of a stack that is known already. */
export async function deployedOf(aws: Aws, stack: Stack, isExpanded = false): Promise<Deployed> {
  if (isCreatedAnew(stack.status)) return { kind: 'absent', status: stack.status };
  const processed = isExpanded ? processedTemplate(aws, stack.id) : undefined;
  // Whoever needs it hears why it failed.
  processed?.catch(() => undefined);
  try {
    return {
      kind: 'stack',
      stack,
      template: await readTemplate(aws, stack),
      ...(processed && { processed }),
    };
  } catch (error) {
    if (!(error instanceof UnreadableTemplate)) throw error;
    const why = error.problems.map(problemLine).join('; ');
    return { kind: 'unreadable', stack, why: `the template that is deployed cannot be read: ${why}` };
  }
}

/**
 * A stack under its own name, where it was asked for by its alias: events, change sets and its template know only that.
 */
export function underItsName(stack: StackAssembly, current: Stack | undefined, log: Log): StackAssembly {
  const { stackName } = stack;
  if (!current || current.name === stackName || current.alias !== stackName) return stack;
  log.info(`${stackName} is an alias of the stack ${current.name}`);
  return { ...stack, stackName: current.name };
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
