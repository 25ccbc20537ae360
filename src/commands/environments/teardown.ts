import type { Aws } from '../../aws/connection/clients.ts';
import { describeStack, type Stack } from '../../aws/stack/stack.ts';
import { isPerPullRequest, namedEnvironment } from '../../environments/named-environment.ts';
import { originOf } from '../../environments/tags.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Outcome } from '../../outcome.ts';
import type { Report, StackReport } from '../../report/model.ts';
import { targetOf } from '../../stages/report/run-target.ts';
import { connectTo, runOf } from '../run.ts';
import { ownStacks, placesOf, repositoryOf } from './list.ts';
import { removeStack, removeUploads, reportOf, type Surroundings } from './remove.ts';
import { endDeployments } from './tracked.ts';

/** Deletes what a pull request has that was closed: its stacks by their tags, and what a killed run left without any. */
export async function teardown(inputs: Inputs, host: Host): Promise<Outcome> {
  const { pullRequest, event } = { pullRequest: host.event.pullRequest, event: host.event };
  const environment = namedEnvironment({
    pattern: isPerPullRequest(inputs.environment ?? '') ? (inputs.environment ?? '') : 'pull-request',
    repository: repositoryOf(host),
    pullRequest: pullRequest && { number: pullRequest.number, branch: pullRequest.headBranch },
    commit: event.sha ?? '',
    run: event.run,
    isolate: false,
    expireAfter: undefined,
    now: Date.now(),
  });
  const aws = await connectTo(inputs, host);
  const { places, stackNames, buckets } = await placesOf(inputs, host, aws);
  const names = stackNames.map(({ name, longest }) => environment.stackName(name, longest));
  const tagged = (await ownStacks(places, host)).filter(
    ({ origin }) => origin.pullRequest === pullRequest?.number,
  );
  const { untagged, foreign } = await others(names, places, { inputs, host });
  const stacks = [
    ...tagged,
    ...untagged.filter(({ stack }) => tagged.every((each) => each.stack.id !== stack.id)),
  ];
  const reports: StackReport[] = [];
  // One after another, newest first: others may import from the older ones.
  for (const each of stacks) reports.push(await removeStack(each.aws, each.stack, { inputs, host, buckets }));
  const absent = names.filter(
    (each) => !foreign.has(each) && stacks.every(({ stack }) => stack.name !== each),
  );
  for (const name of absent) {
    await removeUploads(aws, name, { inputs, host, buckets });
    host.log.info(`There is no stack ${name}; nothing to do`);
    reports.push(await reportOf(aws, name, 'deleted'));
  }
  const isDone = reports.every(({ state }) => state === 'deleted');
  if (isDone && foreign.size === 0) await endDeployments(environment.name, { inputs, host });
  return outcomeOf(
    reports,
    { operation: stacks.length > 0 ? 'delete' : 'none', environment: environment.name },
    { inputs, host },
  );
}

/**
 * Stacks of the names that the source gives without the tags of this pull request: those that have no tags yet, because a run was
 * killed before it executed its change set, and those of somebody else, which stay with all that was uploaded for them.
 */
async function others(
  names: readonly string[],
  places: readonly Aws[],
  { host }: Surroundings,
): Promise<{
  readonly untagged: readonly { readonly aws: Aws; readonly stack: Stack }[];
  readonly foreign: ReadonlySet<string>;
}> {
  const untagged: { aws: Aws; stack: Stack }[] = [];
  const foreign = new Set<string>();
  for (const aws of places) {
    for (const name of names) {
      const stack = await describeStack(aws, name, host.signal);
      if (!stack || stack.status === 'DELETE_COMPLETE') continue;
      const origin = originOf(stack.tags);
      const isOwn = origin?.repository === host.event.repository;
      if (isOwn && origin?.pullRequest === host.event.pullRequest?.number) continue;
      if (!origin && stack.status === 'REVIEW_IN_PROGRESS') untagged.push({ aws, stack });
      else {
        foreign.add(name);
        const why =
          isOwn && origin?.pullRequest !== undefined
            ? `it is that of pull request #${origin.pullRequest} by now`
            : 'it does not carry the tags of this repository';
        host.log.warning(`${name} stays: ${why}`);
      }
    }
  }
  return { untagged, foreign };
}

/** What is told of stacks that were deleted, or would be. */
export function outcomeOf(
  stacks: readonly StackReport[],
  {
    operation,
    environment,
  }: { readonly operation: 'delete' | 'none' | 'preview'; readonly environment: string },
  { inputs, host }: Surroundings,
): Outcome {
  const { event } = host;
  const run = runOf(inputs, host, { noop: false, aws: undefined });
  const failed = stacks.some(({ state }) => state === 'failed');
  const report: Report = {
    state: failed ? 'failed' : 'deleted',
    stacks,
    problems: [],
    warnings: [],
    target: targetOf(
      run,
      stacks.map(({ stackName }) => stackName),
    ),
    ...(stacks.length === 0 && { summaryOnly: true }),
    commit: event.sha,
    runUrl: event.runUrl,
  };
  return {
    ok: !failed,
    report,
    outputs: {
      'stack-name': stacks[0]?.stackName ?? '',
      operation,
      environment,
      changed: String(operation === 'delete'),
    },
    stackOutputs: {},
  };
}
