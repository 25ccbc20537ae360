import { isPerPullRequest } from '../../environments/named-environment.ts';
import type { Inputs } from '../../inputs.ts';
import type { Log } from '../../log.ts';

/** On a pull request: says that nothing comes of inputs for environments, where `environment` makes none for pull requests. */
export function warnOfUnused(inputs: Inputs, log: Log): void {
  const { environment, expireAfter, forkLabel, isolate, maxEnvironments } = inputs;
  if (environment !== undefined && isPerPullRequest(environment)) return;
  const given = Object.entries({
    isolate: isolate || undefined,
    'expire-after': expireAfter,
    'fork-label': forkLabel,
    'max-environments': maxEnvironments,
  }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const why =
    environment === undefined ? 'environment' : `{number} or {branch} in environment (${environment})`;
  log.warning(
    `This pull request gets no environment: without ${why}, nothing comes of ${given.join(', ')}. Give environment: pull-request.`,
  );
}
