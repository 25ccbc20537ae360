import {
  isPerPullRequest,
  type NamedEnvironment,
  namedEnvironment,
} from '../../environments/named-environment.ts';
import type { Host } from '../../host.ts';
import { DEFAULT_STAGE, type Inputs } from '../../inputs.ts';
import type { Outcome } from '../../outcome.ts';
import { isNoop } from '../run.ts';
import { admission } from './fork.ts';
import { checkLimit } from './limit.ts';
import { repositoryOf } from './list.ts';
import { teardown } from './teardown.ts';
import { tracked } from './tracked.ts';

/** What previews or deploys, given where to. */
export type Provision = (inputs: Inputs, host: Host, environment?: NamedEnvironment) => Promise<Outcome>;

/**
 * Deploys to an environment that has a name, and tells GitHub of it: on a pull request to one of its own, which goes when the
 * pull request is closed; otherwise to the stack itself.
 */
export async function provisionNamed(inputs: Inputs, host: Host, provision: Provision): Promise<Outcome> {
  const { pullRequest } = host.event;
  const { environment: pattern } = inputs;
  const isOwn = pattern !== undefined && isPerPullRequest(pattern);
  if (!isOwn || !pullRequest || inputs.noop === true) return provisionLasting(inputs, host, provision);
  const admitted = await admission(inputs, host);
  if (host.event.action === 'closed') {
    // On the event pull_request a fork has no credentials, and so nothing to delete.
    if (pullRequest.isFork && host.event.name === 'pull_request') return nothing(host, NONE_OF_FORKS);
    return teardown(inputs, host);
  }
  if (admitted.kind === 'refused') {
    host.log.warning(admitted.why);
    const outcome = await provision({ ...inputs, noop: true }, host);
    const { report } = outcome;
    return { ...outcome, report: report && { ...report, warnings: [...report.warnings, admitted.why] } };
  }
  const environment = environmentOf(inputs, host, pattern);
  if (inputs.maxEnvironments !== undefined)
    await checkLimit(environment, inputs.maxEnvironments, { inputs, host });
  if (inputs.terminationProtection)
    host.log.warning(
      `termination-protection is not set on ${environment.name}: it goes with its pull request`,
    );
  const own: Inputs = {
    ...inputs,
    noop: false,
    terminationProtection: false,
    stage: inputs.stage === DEFAULT_STAGE ? environment.name : inputs.stage,
    allowUntrustedCode: inputs.allowUntrustedCode || admitted.kind === 'labelled',
  };
  return tracked(environment, { inputs: own, host }, () => provision(own, host, environment));
}

const NONE_OF_FORKS = 'Nothing to delete: a pull request from a fork has no environment here';

function provisionLasting(inputs: Inputs, host: Host, provision: Provision): Promise<Outcome> {
  const { environment: pattern, stage } = inputs;
  const named = pattern !== undefined && !isPerPullRequest(pattern) ? pattern : undefined;
  const fallback =
    stage === DEFAULT_STAGE ? (inputs.productionEnvironment ? 'production' : undefined) : stage;
  const name = named ?? fallback ?? inputs.stackName ?? 'deployment';
  // At a terminal nobody says which repository it is.
  const isMarked = pattern !== undefined && host.event.repository !== undefined;
  const environment = isMarked ? environmentOf(inputs, host, name) : undefined;
  const run = () => provision(inputs, host, environment);
  const told = environment ?? { name, pullRequest: undefined };
  return tracked(told, { inputs, host }, run, isNoop(inputs, host));
}

function environmentOf(inputs: Inputs, host: Host, pattern: string): NamedEnvironment {
  const { pullRequest, sha, run } = host.event;
  return namedEnvironment({
    pattern,
    repository: repositoryOf(host),
    pullRequest:
      isPerPullRequest(pattern) && pullRequest
        ? { number: pullRequest.number, branch: pullRequest.headBranch }
        : undefined,
    commit: sha ?? '',
    run,
    isolate: inputs.isolate,
    expireAfter: inputs.expireAfter,
    now: Date.now(),
  });
}

/** There was nothing to do, and nothing to tell a pull request. */
function nothing({ log }: Host, why: string): Outcome {
  log.info(why);
  return { ok: true, report: undefined, outputs: {}, stackOutputs: {} };
}
