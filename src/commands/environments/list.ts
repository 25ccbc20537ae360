import type { Aws } from '../../aws/connection/clients.ts';
import { listStacks } from '../../aws/stack/list-stacks.ts';
import type { Stack } from '../../aws/stack/stack.ts';
import { originOf, type StackOrigin } from '../../environments/tags.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { ProblemError } from '../../problem.ts';
import { loadSource } from '../../stages/assemble/load-source.ts';
import { enterEnvironment } from '../../stages/enter-environment.ts';
import { serviceStackName } from '../../stages/run.ts';
import { runOf } from '../run.ts';

/** A stack that this repository deployed, by its tags. */
export interface OwnStack {
  /** Where it is. */
  readonly aws: Aws;
  readonly stack: Stack;
  readonly origin: StackOrigin;
}

/** The repository whose stacks a run is about. @throws ProblemError outside of a workflow */
export function repositoryOf({ event: { repository } }: Host): string {
  if (repository !== undefined) return repository;
  throw new ProblemError({
    message: 'nothing says which repository this is',
    next: 'Run it in a workflow, or set GITHUB_REPOSITORY to owner/name.',
  });
}

/** All stacks that carry this repository's tags, newest first, so that what others depend on comes last. */
export async function ownStacks(places: readonly Aws[], host: Host): Promise<readonly OwnStack[]> {
  const repository = repositoryOf(host);
  const found: OwnStack[] = [];
  for (const aws of places) {
    for (const stack of await listStacks(aws, host.signal)) {
      const origin = originOf(stack.tags);
      const isKnown = found.some((each) => each.stack.id === stack.id);
      if (origin?.repository === repository && !isKnown) found.push({ aws, stack, origin });
    }
  }
  return found.sort((a, b) => b.stack.created - a.stack.created);
}

/** What the source says of where its stacks are, as far as there is a source here that can be read. */
export interface SourcePlaces {
  /** Accounts and regions, the run's own first. */
  readonly places: readonly Aws[];
  /** As the source has them. */
  readonly stackNames: readonly { readonly name: string; readonly longest?: number }[];
  /** Buckets that it says templates go to. */
  readonly buckets: readonly string[];
}

/** Where stacks of this repository can be: a CDK application may fix it. */
export async function placesOf(inputs: Inputs, host: Host, aws: Aws): Promise<SourcePlaces> {
  const run = runOf(inputs, host, { noop: true, aws });
  try {
    const loaded = await loadSource(run, host.log);
    if (loaded.kind === 'service') {
      const { service } = loaded.loaded;
      // The room that is left for it depends on the names of functions.
      let longest = 0;
      const rename = (base: string, most = 0): string => {
        longest = most;
        return base;
      };
      const name = serviceStackName({ ...run.source, rename }, service);
      return { places: [aws], stackNames: [{ name, longest }], buckets: [] };
    }
    const stacks = loaded.kind === 'built' ? loaded.assembly.stacks : loaded.drafts;
    const places = new Map([[aws.region, aws]]);
    const buckets = new Set<string>();
    for (const stack of stacks) {
      if (!stack.environment && !stack.roles && !stack.templateDestination) continue;
      const entered = await enterEnvironment({ ...stack, assets: [] }, { aws, purpose: 'deploy' }, host.log);
      if (entered.stack.templateDestination) buckets.add(entered.stack.templateDestination.bucket);
      const { account } = await entered.aws.identity();
      const key =
        account === (await aws.identity()).account ? entered.aws.region : `${account} ${entered.aws.region}`;
      if (!places.has(key) || key === aws.region) places.set(key, entered.aws);
    }
    return {
      places: [...places.values()],
      stackNames: stacks.map(({ stackName: name }) => ({ name })),
      buckets: [...buckets],
    };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    host.log.debug(`Stacks are found by their tags alone: ${error.message}`);
    return {
      places: [aws],
      stackNames: inputs.stackName === undefined ? [] : [{ name: inputs.stackName }],
      buckets: [],
    };
  }
}
