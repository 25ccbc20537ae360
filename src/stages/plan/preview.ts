import type { StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import { stateOf } from '../../aws/stack/stack-states.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Log } from '../../log.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import type { DiffBase, StackReport } from '../../report/model.ts';
import type { AssembleOptions } from '../assemble/index.ts';
import type { LoadRequest } from '../assemble/load-source.ts';
import type { InPlaceStack } from '../deploy/in-place.ts';
import { enterEnvironment } from '../enter-environment.ts';
import type { StackOutcome } from '../report/stack-outcome.ts';
import { checkBuiltFor } from './check-built-for.ts';
import type { Level } from './compare-nested.ts';
import { knownNow, knownThen } from './known-templates.ts';
import type { Destination } from './locate.ts';
import { type Deployed, lookUp } from './look-up-stack.ts';

/** Shows what a deployment would change. AWS is only read, and not even that without credentials. */
export async function previewStack(
  assembled: StackAssembly,
  connection: Aws | undefined,
  request: LoadRequest,
  options: AssembleOptions,
  inputs: Inputs,
  host: Host,
): Promise<StackOutcome> {
  const { stackName } = assembled;
  return host.log.group(`Preview ${stackName}`, async (log) => {
    const { stack, aws, deployed } =
      inputs.diffAgainst === 'base'
        ? unknown(assembled, connection, 'diff-against is base')
        : await lookUpWhereItIs(assembled, connection, log);
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
    const { compare, locate, registryOf } = await import('../index.ts');
    const { destinationOf, writeTemplate } = await import('../report/stack-outcome.ts');
    const account = deployed.kind === 'unknown' ? undefined : (await aws?.identity())?.account;
    // What images are called depends on the registry, which ECR is only asked about where it can answer.
    const registry =
      aws && account ? await registryOf(aws, stack, host.signal).catch(() => undefined) : undefined;
    const destination = destinationOf(inputs, aws, account, stackName, registry);
    const rendered = locate(stack, destination);
    checkBuiltFor(stack, knownNow(rendered, deployed).known);
    const before = await beforeOf(aws, deployed, stack, destination, request, options, inputs, host);
    const report = await compare(stack, rendered, deployed, {
      ...before,
      region: stack.environment?.region ?? aws?.region,
      account,
    });
    const about = deployed.kind === 'stack' && { stack, rendered, destination, deployed };
    const notes = [
      ...(report.notes ?? []),
      ...stateNotes(deployed, inputs.onFailure),
      ...(aws && about ? await stackNotes(aws, about, report, inputs, log, host.signal) : []),
    ];
    const current = deployed.kind === 'stack' ? deployed.stack : undefined;
    return {
      report: notes.length > 0 ? { ...report, notes } : report,
      operation: 'preview',
      stackId: current?.id ?? '',
      status: current?.status ?? '',
      changeSetId: '',
      template: await writeTemplate(options.output, stack, rendered),
    };
  });
}

/** What a deployment has to do about the state of the stack before it can begin. See docs/stack-states.md. */
function stateNotes(deployed: Deployed, onFailure: Inputs['onFailure']): string[] {
  const status =
    deployed.kind === 'stack'
      ? deployed.stack.status
      : deployed.kind === 'absent'
        ? deployed.status
        : undefined;
  if (status === undefined) return [];
  const what = {
    create: undefined,
    update: undefined,
    wait: 'another operation is changing it, for the end of which a deployment waits',
    recreate:
      onFailure === 'keep'
        ? 'from which CloudFormation can only delete it: a deployment fails, as on-failure is keep'
        : 'from which CloudFormation can only delete it: a deployment deletes it first, and creates it again',
    'continue-rollback': 'its failed rollback is continued by a deployment first, which may fail again',
  }[stateOf(status).reaction];
  return what === undefined ? [] : [`The stack is ${status}: ${what}.`];
}

/** What is to be known of a stack beside what would change. */
async function stackNotes(
  aws: Aws,
  about: InPlaceStack,
  report: StackReport,
  inputs: Inputs,
  log: Log,
  signal: AbortSignal,
): Promise<string[]> {
  const { stack, rendered, deployed } = about;
  const { hiddenValueNotes } = await import('./hidden-values.ts');
  const { inPlaceNotes } = await import('../../commands/provision/in-place.ts');
  const arns = inputs.notificationArns ?? stack.notificationArns;
  return [
    ...hiddenValueNotes(rendered, deployed),
    ...(await inPlaceNotes(aws, about, report, inputs.inplace, arns, { log, signal })),
    ...(inputs.drift ? await driftNotes(aws, deployed.stack.id, inputs.timeout, signal) : []),
  ];
}

/** Drift is asked for, but no reason to show no preview. */
async function driftNotes(
  aws: Aws,
  stackId: string,
  timeout: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { detectDrift, driftLines } = await import('../../aws/stack/drift.ts');
  try {
    return driftLines(await detectDrift(aws, stackId, { signal, deadline: Date.now() + timeout * 60_000 }));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problems.map((problem) => `Drift is not known: ${problemLine(problem)}`);
  }
}

interface LookedUp {
  readonly stack: StackAssembly;
  readonly aws: Aws | undefined;
  readonly deployed: Deployed;
}

const unknown = (stack: StackAssembly, aws: Aws | undefined, why: string): LookedUp => ({
  stack,
  aws,
  deployed: { kind: 'unknown', why },
});

/** What is deployed in the stack's own account and region, as far as the credentials lead there. */
async function lookUpWhereItIs(
  assembled: StackAssembly,
  connection: Aws | undefined,
  log: Log,
): Promise<LookedUp> {
  if (!connection) return unknown(assembled, connection, 'no AWS region is set');
  if (!(await connection.hasCredentials()))
    return unknown(assembled, connection, 'there are no AWS credentials');
  try {
    const { stack, aws } = await enterEnvironment(assembled, connection, 'read', log);
    return { stack, aws, deployed: await lookUp(aws, stack.stackName) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return unknown(assembled, connection, error.problems.map(problemLine).join('; '));
  }
}

/** The deployed template; else that of the pull request's base commit; else nothing, with the reason. */
async function beforeOf(
  aws: Aws | undefined,
  deployed: Deployed,
  stack: StackAssembly,
  destination: Destination,
  request: LoadRequest,
  options: AssembleOptions,
  inputs: Inputs,
  host: Host,
): Promise<{ before: Level | undefined; base: DiffBase }> {
  const { assembledLevel, deployedLevel } = await import('./compare-nested.ts');
  if (aws && deployed.kind === 'stack')
    return { before: deployedLevel(aws, deployed), base: { kind: 'deployed' } };
  const why =
    deployed.kind === 'unknown'
      ? deployed.why
      : deployed.kind === 'absent' && deployed.status !== undefined
        ? `the stack is ${deployed.status}`
        : 'the stack does not exist yet';
  const sha = host.event.baseSha;
  if (!sha || inputs.diffAgainst === 'deployed') return { before: undefined, base: { kind: 'nothing', why } };
  const { baseAssembly, locate } = await import('../index.ts');
  const read = await baseAssembly(request, sha, options, host.log);
  if (read.kind === 'none')
    return { before: undefined, base: { kind: 'nothing', why: `${why}; ${read.why}` } };
  const same = read.assembly.stacks.find(({ id }) => id === stack.id);
  if (!same) return { before: undefined, base: { kind: 'commit', sha } };
  const rendered = locate(same, destination);
  const { template, parameters } = rendered;
  const known = knownThen({ template: template.template, parameters }, deployed);
  return { before: assembledLevel(same, rendered, known), base: { kind: 'commit', sha } };
}
