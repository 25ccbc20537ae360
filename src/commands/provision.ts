import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RenderedStack } from '../assembly/render.ts';
import { writeAssembly } from '../assembly/store.ts';
import type { Assembly, StackAssembly } from '../assembly/types.ts';
import { type Bucket, defaultBucketName, ensureBucket } from '../aws/bucket.ts';
import { type Aws, connect } from '../aws/clients.ts';
import { type DeployResult, settleStack } from '../aws/deploy.ts';
import { removeUploads } from '../aws/upload.ts';
import { workspace } from '../build/workspace.ts';
import { sha256 } from '../canonical.ts';
import { actionsCache } from '../github/cache.ts';
import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import type { Log } from '../log.ts';
import { NO_OUTPUTS, type Operation, type Outcome } from '../outcome.ts';
import { ProblemError, problemLine } from '../problem.ts';
import { renderDiffJson } from '../report/diff-json.ts';
import type { DiffBase, Report, StackReport } from '../report/model.ts';
import { hasChanges } from '../report/verdict.ts';
import { logEvents } from '../stages/events.ts';
import { failureProblem } from '../stages/failure.ts';
import {
  baseAssembly,
  check,
  checkReviewedPlan,
  compare,
  deploy,
  gitHub,
  isUnchanged,
  loadSource,
  locate,
  lookUp,
  lookUpIfPossible,
  packageAssets,
  protect,
  upload,
} from '../stages/index.ts';
import type { BaseAssembly } from '../stages/base-commit.ts';
import type { LoadRequest } from '../stages/load-source.ts';
import type { Destination } from '../stages/locate.ts';
import type { Deployed } from '../stages/look-up.ts';
import type { Capability } from '../template/capabilities.ts';
import { noEchoParameters } from '../template/parameters.ts';
import type { Template } from '../template/types.ts';
import { VERSION } from '../version.ts';

/** What is known of one stack once the run is done with it. */
interface StackOutcome {
  readonly report: StackReport;
  readonly operation: Operation;
  readonly stackId: string;
  readonly status: string;
  readonly changeSetId: string;
  readonly template: string;
}

/** Builds the service and previews it (noop) or deploys it. */
export async function provision(inputs: Inputs, host: Host): Promise<Outcome> {
  const { log } = host;
  const noop = inputs.noop === 'auto' ? host.event.isPreview : inputs.noop;
  const workingDirectory = resolve(host.workspace, inputs.workingDirectory);
  const output = join(workingDirectory, '.sparta');
  const request: LoadRequest = {
    space: workspace(host.workspace, inputs.allowOutsideWorkspace),
    workingDirectory,
    source: inputs.source,
    stackName: inputs.stackName,
    parameters: inputs.parameters?.values ?? {},
    tags: inputs.tags?.values ?? {},
  };

  const loaded = await log.group('Load source', (each) => loadSource(request, each));
  for (const stack of loaded.kind === 'built' ? loaded.assembly.stacks : loaded.drafts) hideSecrets(stack, log);
  const { assembly, toSave } =
    loaded.kind === 'built'
      ? { assembly: loaded.assembly, toSave: undefined }
      : await log.group('Package', (each) =>
          packageAssets({ ...loaded, space: request.space, output, cache: inputs.cache ? actionsCache(each, host.env) : undefined }, each),
        );
  if (loaded.kind === 'drafts') await writeAssembly(assembly, output);
  const capabilities = new Map(assembly.stacks.map((stack) => [stack.id, check(stack, inputs.parameters?.keep ?? [])]));

  const aws = noop ? await connectIfPossible(inputs, host) : await connect({ region: inputs.region, env: host.env, version: VERSION });
  const base = noop ? await readBase(request, inputs, host) : undefined;
  const outcomes: StackOutcome[] = [];
  for (const stack of assembly.stacks) {
    const needed = inputs.capabilities ?? capabilities.get(stack.id) ?? [];
    log.info(`Capabilities of ${stack.stackName}: ${needed.join(', ') || 'none'}`);
    outcomes.push(
      noop
        ? await previewStack(stack, aws, base, inputs, output, log)
        : await deployOne(stack, aws as Aws, needed, inputs, output, host),
    );
  }
  return finish(outcomes, assembly, noop, output, host, loaded.kind === 'drafts' ? loaded.warnings : [], toSave);
}

/** Values of NoEcho parameters are hidden by the runner from here on. */
function hideSecrets({ template, parameters }: Pick<StackAssembly, 'template' | 'parameters'>, log: Log): void {
  for (const name of noEchoParameters(template.template)) log.secret(parameters[name] ?? '');
}

/** A preview goes on without AWS. */
async function connectIfPossible(inputs: Inputs, host: Host): Promise<Aws | undefined> {
  try {
    return await connect({ region: inputs.region, env: host.env, version: VERSION });
  } catch (error) {
    if (!(error instanceof ProblemError) || inputs.diffAgainst === 'deployed') throw error;
    return undefined;
  }
}

type ReadBase = () => Promise<BaseAssembly>;

/** The base commit is only read when something is compared with it. */
async function readBase(request: LoadRequest, inputs: Inputs, host: Host): Promise<ReadBase> {
  let reading: Promise<BaseAssembly> | undefined;
  return () => {
    const sha = host.event.pullRequest?.baseSha;
    if (!sha || inputs.diffAgainst === 'deployed') return Promise.resolve({ kind: 'none', why: 'there is no pull request' });
    reading ??= baseAssembly(request, sha, host.log);
    return reading;
  };
}

async function previewStack(
  stack: StackAssembly,
  aws: Aws | undefined,
  readBaseAssembly: ReadBase | undefined,
  inputs: Inputs,
  output: string,
  log: Log,
): Promise<StackOutcome> {
  return log.group(`Preview ${stack.stackName}`, async (each) => {
    const deployed: Deployed =
      inputs.diffAgainst === 'base' ? { kind: 'unknown', why: 'diff-against is base' } : await lookUpIfPossible(aws, stack.stackName);
    if (deployed.kind === 'unknown') {
      if (inputs.diffAgainst === 'deployed') throw new ProblemError({ subject: stack.stackName, message: `the deployed stack cannot be read: ${deployed.why}` });
      each.info(`Not compared with the deployed stack: ${deployed.why}`);
    }
    const account = deployed.kind === 'unknown' ? undefined : (await aws?.identity())?.account;
    const destination = destinationOf(inputs, aws, account);
    const rendered = locate(stack, destination);
    const before = await beforeOf(deployed, stack, destination, readBaseAssembly);
    const report = compare(stack, rendered, deployed, { ...before, region: aws?.region, account });
    const current = deployed.kind === 'stack' ? deployed.stack : undefined;
    return {
      report,
      operation: 'preview',
      stackId: current?.id ?? '',
      status: current?.status ?? '',
      changeSetId: '',
      template: await writeTemplate(output, stack, rendered),
    };
  });
}

async function beforeOf(
  deployed: Deployed,
  stack: StackAssembly,
  destination: Destination,
  readBaseAssembly: ReadBase | undefined,
): Promise<{ before: Template | undefined; base: DiffBase }> {
  if (deployed.kind === 'stack') return { before: deployed.template, base: { kind: 'deployed' } };
  const read = await readBaseAssembly?.();
  const why = deployed.kind === 'absent' ? 'the stack does not exist yet' : deployed.why;
  if (read?.kind !== 'base') return { before: undefined, base: { kind: 'nothing', why: read ? `${why}; ${read.why}` : why } };
  const same = read.assembly.stacks.find(({ id }) => id === stack.id);
  return { before: same && locate(same, destination).template.template, base: { kind: 'commit', sha: read.sha } };
}

/** Without credentials the account is not known; its place in the bucket's name shows that. */
function destinationOf(inputs: Inputs, aws: Aws | undefined, account: string | undefined): Destination {
  return {
    bucket: inputs.s3Bucket ?? defaultBucketName(account ?? 'ACCOUNT', aws?.region ?? 'REGION'),
    prefix: (inputs.s3Prefix ?? '').replace(/^\/+|\/+$/g, ''),
    region: aws?.region ?? 'REGION',
    endpoint: aws?.s3Endpoint,
  };
}

async function writeTemplate(output: string, stack: StackAssembly, { template }: RenderedStack): Promise<string> {
  const folder = join(output, stack.id);
  await mkdir(folder, { recursive: true });
  const path = join(folder, `deploy.${template.format}`);
  await writeFile(path, template.text);
  return path;
}

async function deployOne(
  stack: StackAssembly,
  aws: Aws,
  capabilities: readonly Capability[],
  inputs: Inputs,
  output: string,
  host: Host,
): Promise<StackOutcome> {
  const { log, signal } = host;
  const { stackName } = stack;
  const deadline = Date.now() + inputs.timeout * 60_000;
  const options = { signal, deadline, onEvent: logEvents(stackName, log) };
  const current = await log.group(`Look up ${stackName}`, (each) => settleStack(aws, stackName, inputs.onFailure, { ...options, log: each }));
  const deployed = current ? await lookUp(aws, stackName) : ({ kind: 'absent' } as const);
  const { account } = await aws.identity();
  const destination = destinationOf(inputs, aws, account);
  const rendered = locate(stack, destination);
  const before = await beforeOf(deployed, stack, destination, undefined);
  const report = compare(stack, rendered, deployed, { ...before, region: aws.region, account });
  const template = await writeTemplate(output, stack, rendered);
  const whole = { report, template, stackId: current?.id ?? '', status: current?.status ?? '', changeSetId: '' };

  if (current && isUnchanged(stack, rendered, deployed, inputs.notificationArns)) {
    log.info(`${stackName}: template, parameters and tags are what is deployed; nothing to do`);
    await protect(aws, current, inputs.terminationProtection, log);
    return { ...whole, operation: 'none', report: { ...report, state: 'unchanged', outputs: current.outputs } };
  }
  await checkReviewedPlan(await gitHub(inputs.githubToken, host), host.event, report, inputs.requireReviewedPlan, log);
  const { bucket, uploads, templateKey } = await log.group('Upload', async (each) => {
    const ready: Bucket = await ensureBucket(aws, inputs.s3Bucket, aws.identity, each);
    return { bucket: ready, ...(await upload(aws, ready, destination, stack, rendered, signal, each)) };
  });
  try {
    const result = await log.group(`${current ? 'Update' : 'Create'} ${stackName}`, (each) =>
      deploy(
        aws,
        {
          input: {
            stackName,
            tags: stack.tags,
            capabilities,
            roleArn: inputs.roleArn,
            notificationArns: inputs.notificationArns,
            onFailure: inputs.onFailure,
          },
          rendered,
          destination,
          templateKey,
          current,
          token: runToken(host, report.planHash),
          terminationProtection: inputs.terminationProtection ?? stack.terminationProtection,
        },
        { ...options, onEvent: logEvents(stackName, each) },
        each,
      ),
    );
    return { ...whole, ...deployedOutcome(result, report, rendered) };
  } catch (error) {
    // Nothing was changed: what this run brought is not needed. After a cancellation during the change it is.
    if (!signal.aborted && !current) await removeUploads(aws, bucket, uploads).catch(() => undefined);
    if (!(error instanceof ProblemError)) throw error;
    const [failure] = error.problems;
    return { ...whole, operation: 'none', report: { ...report, state: 'failed', failure } };
  }
}

/** Unique to this try of this run. */
function runToken({ env }: Host, plan: string): string {
  const run = [env.GITHUB_RUN_ID, env.GITHUB_RUN_ATTEMPT, env.GITHUB_JOB, process.pid, Date.now()].join('-');
  return `${plan.slice(0, 12)}-${sha256(run).slice(0, 16)}`;
}

function deployedOutcome(result: DeployResult, report: StackReport, rendered: RenderedStack): Omit<StackOutcome, 'template'> {
  const { stack } = result;
  const about = { stackId: stack?.id ?? '', status: stack?.status ?? '', changeSetId: result.kind === 'unchanged' ? '' : result.changeSetId };
  switch (result.kind) {
    case 'unchanged':
      return { ...about, operation: 'none', report: { ...report, state: 'unchanged', outputs: result.stack.outputs } };
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

async function finish(
  outcomes: readonly StackOutcome[],
  assembly: Assembly,
  noop: boolean,
  output: string,
  host: Host,
  warnings: readonly string[],
  toSave: Outcome['toSave'],
): Promise<Outcome> {
  const stacks = outcomes.map(({ report }) => report);
  const failed = stacks.filter(({ state }) => state === 'failed');
  for (const { failure } of failed) if (failure) host.log.error(problemLine(failure), failure.place);
  const report: Report = {
    state: failed.length > 0 ? 'failed' : noop ? 'preview' : 'deployed',
    stacks,
    problems: [],
    warnings,
    commit: host.event.sha,
    runUrl: host.event.runUrl,
  };
  const diff = join(output, 'diff.json');
  await writeFile(diff, renderDiffJson(report));
  const [first] = outcomes;
  const stackOutputs = assembly.stacks.length === 1 ? (first?.report.outputs ?? {}) : {};
  const all = assembly.stacks.length === 1 ? stackOutputs : Object.fromEntries(stacks.map(({ stackName, outputs }) => [stackName, outputs]));
  return {
    ok: failed.length === 0,
    report,
    outputs: {
      ...NO_OUTPUTS,
      'stack-name': first?.report.stackName ?? '',
      'stack-id': first?.stackId ?? '',
      'stack-status': first?.status ?? '',
      operation: first?.operation ?? 'none',
      changed: String(noop ? stacks.some(hasChanges) : outcomes.some(({ operation }) => operation !== 'none')),
      outputs: JSON.stringify(all),
      template: first?.template ?? '',
      diff,
      'change-set-id': first?.changeSetId ?? '',
    },
    stackOutputs,
    toSave,
  };
}
