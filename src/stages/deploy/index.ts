import type { RenderedStack } from '../../assembly/render.ts';
import type { StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import { checkBootstrap } from '../../aws/stack/bootstrap.ts';
import type { ResourceChange } from '../../aws/stack/change-set.ts';
import { type DeployResult, settleStack } from '../../aws/stack/change-stack.ts';
import { catchUp, deployInPlace, reasonsText } from '../../commands/provision/in-place.ts';
import { sha256 } from '../../hash/canonical.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Log } from '../../log.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import type { StackReport } from '../../report/model.ts';
import { isBookkeeping } from '../../template/diff/bookkeeping.ts';
import { applyChangeSet } from '../../template/diff/change-set.ts';
import type { Capability } from '../../template/validate/capabilities.ts';
import { checkTemplateSize } from '../../template/write/from-value.ts';
import type { Progress } from '../../terminal/progress.ts';
import { enterEnvironment } from '../enter-environment.ts';
import {
  askInPlace,
  checkReviewedPlan,
  compare,
  deploy,
  gitHub,
  heal,
  isUnchanged,
  locate,
  lookUp,
  protect,
  pushImages,
  readSwapped,
  registryOf,
  type Swapped,
  upload,
} from '../index.ts';
import { checkBuiltFor } from '../plan/check-built-for.ts';
import type { Level } from '../plan/compare-nested.ts';
import { knownNow } from '../plan/known-templates.ts';
import type { Deployed } from '../plan/look-up-stack.ts';
import { destinationOf, type StackOutcome, writeTemplate } from '../report/stack-outcome.ts';
import { removeUnused } from '../upload/take-back.ts';
import { logEvents } from './event-log.ts';
import { failureProblem } from './failure.ts';

/** Brings a stack to what the assembly says, unless it is that already. */
export async function deployStack(
  assembled: StackAssembly,
  connection: Aws,
  capabilities: readonly Capability[],
  output: string,
  inputs: Inputs,
  host: Host,
): Promise<StackOutcome> {
  const { log, signal } = host;
  const { stackName } = assembled;
  const entered = await enterEnvironment(assembled, connection, 'deploy', log);
  const { stack, aws } = entered;
  const options = {
    signal,
    deadline: Date.now() + inputs.timeout * 60_000,
    cancelUpdate: inputs.cancelUpdate,
    resourcesToSkip: inputs.skipResources,
    onEvent: logEvents(stackName, log),
  };
  const current = await log.group(`Look up ${stackName}`, (each) =>
    settleStack(aws, stackName, inputs.onFailure, { ...options, log: each }),
  );
  const deployed = current ? await lookUp(aws, stackName) : ({ kind: 'absent' } as const);
  const { account } = await aws.identity();
  const registry = await registryOf(aws, stack, signal);
  const destination = destinationOf(inputs, aws, account, stackName, registry);
  const rendered = locate(stack, destination);
  checkTemplateSize(rendered.template);
  const here = { 'AWS::Region': aws.region, 'AWS::AccountId': account, 'AWS::StackName': stackName };
  checkBuiltFor(stack, { ...here, ...knownNow(rendered, deployed).known });
  const report = await compare(stack, rendered, deployed, {
    before: await deployedBefore(aws, deployed),
    base:
      deployed.kind === 'stack'
        ? { kind: 'deployed' }
        : { kind: 'nothing', why: 'the stack does not exist yet' },
    region: aws.region,
    account,
  });
  const template = await writeTemplate(output, stack, rendered);
  const whole = {
    report,
    template,
    stackId: current?.id ?? '',
    status: current?.status ?? '',
    changeSetId: '',
  };
  const swapped: Swapped =
    deployed.kind === 'stack' ? await readSwapped(aws, deployed, { log, signal }) : new Map();
  const about = deployed.kind === 'stack' && { stack, rendered, destination, deployed };
  const send = () =>
    log.group(`Upload ${stackName}`, async (each) => {
      if (stack.bootstrap)
        await checkBootstrap(aws, stack.bootstrap, `aws://${account}/${aws.region}`, signal, each);
      await pushImages(entered, registry, destination, inputs.createEcrRepository, signal, each);
      return upload(entered, inputs.s3Bucket, destination, rendered, signal, each);
    });
  const terminationProtection = inputs.terminationProtection ?? stack.terminationProtection;
  const notificationArns = inputs.notificationArns ?? stack.notificationArns;

  if (current && isUnchanged(stack, rendered, deployed, notificationArns)) {
    log.info(`${stackName}: template, parameters and tags are what is deployed; nothing to do`);
    const unchanged = {
      ...whole,
      operation: 'none',
      report: { ...report, state: 'unchanged', outputs: current.outputs },
    } as const;
    return afterwards(unchanged, log, async () => {
      await protect(aws, current, terminationProtection, log);
      if (!about || swapped.size === 0) return unchanged;
      await send();
      return { ...whole, ...(await catchUp(aws, about, swapped, report, { ...options, log })) };
    });
  }
  await checkReviewedPlan(
    await gitHub(inputs.githubToken, host),
    host.event,
    report,
    inputs.requireReviewedPlan,
    log,
  );
  if (inputs.inplace && about) {
    const answer = askInPlace(about, report, notificationArns);
    if (answer.kind === 'in-place') {
      await send();
      const done = await log.group(`Update ${stackName} in place`, (each) =>
        deployInPlace(aws, about, answer.functions, swapped, report, { ...options, log: each }),
      );
      const outcome = { ...whole, ...done };
      if (done.report.state === 'failed') return outcome;
      return afterwards(outcome, log, async () => {
        await protect(aws, about.deployed.stack, terminationProtection, log);
        return outcome;
      });
    }
    log.info(reasonsText(answer));
  }
  const { templateUrl, own } = await send();
  let changes: readonly ResourceChange[] = [];
  let isReady = false;
  let progress: Progress | undefined;
  // What is left in the bucket does no harm: failing at it must not hide why the deployment failed.
  const takeBack = async () => {
    if (own && !signal.aborted)
      await removeUnused(aws, stackName, current !== undefined, own).catch(() => undefined);
  };
  try {
    const result = await log.group(`${current ? 'Update' : 'Create'} ${stackName}`, (each) =>
      deploy(
        aws,
        {
          input: {
            stackName,
            tags: stack.tags,
            capabilities,
            roleArn: inputs.roleArn ?? stack.roles?.execution,
            notificationArns,
            onFailure: inputs.onFailure,
          },
          rendered,
          templateUrl,
          current,
          token: runToken(host, report.planHash),
        },
        {
          ...options,
          onEvent: (event) => {
            progress?.end();
            logEvents(stackName, each)(event);
            progress?.seen(event);
          },
          onChanges: (found) => {
            isReady = true;
            changes = found;
            progress = host.progress?.(found.length);
          },
        },
        each,
      ),
    );
    // Of what is replaced, the change set knows more than a table of properties does.
    const telling = changes.filter((change) => !isBookkeeping(change));
    const told = { ...report, diff: applyChangeSet(report.diff, telling) };
    const outcome = { ...whole, ...resultOf(result, told, rendered) };
    if (result.kind === 'failed') {
      await takeBack();
      return outcome;
    }
    return await afterwards(outcome, log, async () => {
      await protect(aws, result.stack, terminationProtection, log);
      if (about) await heal(aws, about, swapped, { ...options, log });
      return outcome;
    });
  } catch (error) {
    // From then on CloudFormation may read it, whatever is heard of it.
    if (!isReady) await takeBack();
    if (!(error instanceof ProblemError)) throw error;
    const [failure] = error.problems;
    return { ...whole, operation: 'none', report: { ...report, state: 'failed', failure } };
  } finally {
    progress?.end();
  }
}

/** What comes after the stack itself may fail; what became of the stack stays true. */
async function afterwards(
  outcome: StackOutcome,
  log: Log,
  rest: () => Promise<StackOutcome>,
): Promise<StackOutcome> {
  try {
    return await rest();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [{ message, ...problem } = { message: error.message }, ...more] = error.problems;
    for (const each of more) log.error(problemLine(each), each.place);
    const failure = { ...problem, message: `the stack is ${outcome.status}, but ${message}` };
    return { ...outcome, report: { ...outcome.report, state: 'failed', failure } };
  }
}

/** AWS's replacement data comes with it. */
async function deployedBefore(aws: Aws, deployed: Deployed): Promise<Level | undefined> {
  if (deployed.kind !== 'stack') return undefined;
  const { deployedLevel } = await import('../plan/compare-nested.ts');
  return deployedLevel(aws, deployed);
}

/** Unique to this try of this run. */
function runToken({ env }: Host, plan: string): string {
  const run = [env.GITHUB_RUN_ID, env.GITHUB_RUN_ATTEMPT, env.GITHUB_JOB, process.pid, Date.now()].join('-');
  return `${plan.slice(0, 12)}-${sha256(run).slice(0, 16)}`;
}

function resultOf(
  result: DeployResult,
  report: StackReport,
  rendered: RenderedStack,
): Omit<StackOutcome, 'template'> {
  const { stack } = result;
  const about = {
    stackId: stack?.id ?? '',
    status: stack?.status ?? '',
    changeSetId: result.kind === 'unchanged' ? '' : result.changeSetId,
  };
  switch (result.kind) {
    case 'unchanged':
      return {
        ...about,
        operation: 'none',
        report: { ...report, state: 'unchanged', outputs: result.stack.outputs },
      };
    case 'created':
    case 'updated': {
      const operation = result.kind === 'created' ? 'create' : 'update';
      return { ...about, operation, report: { ...report, state: 'deployed', outputs: result.stack.outputs } };
    }
    case 'failed': {
      const failure = failureProblem(report.stackName, result, rendered.template);
      return { ...about, operation: result.operation, report: { ...report, state: 'failed', failure } };
    }
  }
}
