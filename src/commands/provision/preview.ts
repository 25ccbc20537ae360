import type { StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/clients.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { ProblemError } from '../../problem.ts';
import type { DiffBase } from '../../report/model.ts';
import type { AssembleOptions } from '../../stages/assemble.ts';
import type { LoadRequest } from '../../stages/load-source.ts';
import type { Destination } from '../../stages/locate.ts';
import { type Deployed, lookUpIfPossible } from '../../stages/look-up.ts';
import type { Template } from '../../template/types.ts';
import { destinationOf, type StackOutcome, writeTemplate } from './stack-outcome.ts';

/** Shows what a deployment would change. AWS is only read, and not even that without credentials. */
export async function previewStack(
  stack: StackAssembly,
  aws: Aws | undefined,
  request: LoadRequest,
  options: AssembleOptions,
  inputs: Inputs,
  host: Host,
): Promise<StackOutcome> {
  const { stackName } = stack;
  return host.log.group(`Preview ${stackName}`, async (log) => {
    const deployed: Deployed =
      inputs.diffAgainst === 'base'
        ? { kind: 'unknown', why: 'diff-against is base' }
        : await lookUpIfPossible(aws, stackName);
    if (deployed.kind === 'unknown') {
      if (inputs.diffAgainst === 'deployed') {
        throw new ProblemError({
          subject: stackName,
          message: `the deployed stack cannot be read: ${deployed.why}`,
          next: 'Give the workflow credentials that may read it, or set diff-against: auto.',
        });
      }
      log.info(`Not compared with the deployed stack: ${deployed.why}`);
    }
    const { compare, locate, registryOf } = await import('../../stages/index.ts');
    const account = deployed.kind === 'unknown' ? undefined : (await aws?.identity())?.account;
    // What images are called depends on the registry, which ECR is only asked about where it can answer.
    const registry =
      aws && account ? await registryOf(aws, stack, host.signal).catch(() => undefined) : undefined;
    const destination = destinationOf(inputs, aws, account, stackName, registry);
    const rendered = locate(stack, destination);
    const before = await beforeOf(deployed, stack, destination, request, options, inputs, host);
    const report = await compare(stack, rendered, deployed, { ...before, region: aws?.region, account });
    const current = deployed.kind === 'stack' ? deployed.stack : undefined;
    return {
      report,
      operation: 'preview',
      stackId: current?.id ?? '',
      status: current?.status ?? '',
      changeSetId: '',
      template: await writeTemplate(options.output, stack, rendered),
    };
  });
}

/** The deployed template; else that of the pull request's base commit; else nothing, with the reason. */
async function beforeOf(
  deployed: Deployed,
  stack: StackAssembly,
  destination: Destination,
  request: LoadRequest,
  options: AssembleOptions,
  inputs: Inputs,
  host: Host,
): Promise<{ before: Template | undefined; base: DiffBase }> {
  if (deployed.kind === 'stack') return { before: deployed.template, base: { kind: 'deployed' } };
  const why = deployed.kind === 'absent' ? 'the stack does not exist yet' : deployed.why;
  const sha = host.event.pullRequest?.baseSha;
  if (!sha || inputs.diffAgainst === 'deployed') return { before: undefined, base: { kind: 'nothing', why } };
  const { baseAssembly, locate } = await import('../../stages/index.ts');
  const read = await baseAssembly(request, sha, options, host.log);
  if (read.kind === 'none')
    return { before: undefined, base: { kind: 'nothing', why: `${why}; ${read.why}` } };
  const same = read.assembly.stacks.find(({ id }) => id === stack.id);
  return { before: same && locate(same, destination).template.template, base: { kind: 'commit', sha } };
}
