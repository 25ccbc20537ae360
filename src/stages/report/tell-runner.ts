import { exportVariable, saveState, setOutputs } from '../../github/outputs.ts';
import type { Host } from '../../host.ts';
import type { InputName } from '../../inputs.ts';
import { NO_OUTPUTS, type Outcome } from '../../outcome.ts';
import { gitHub, publish } from './publish.ts';

/** What the runner and the pull request are told at the end, whether it went well or not. */
export async function tellRunner(
  outcome: Outcome,
  readInput: (name: InputName) => string | undefined,
  host: Host,
): Promise<void> {
  const { log } = host;
  const { report } = outcome;
  const commentUrl = report
    ? await log.group('Report', async (each) => {
        const api = await gitHub(readInput('github-token'), host);
        const comment = readInput('comment');
        return publish(
          report,
          { comment: comment === 'true' || comment === 'false' ? comment : 'auto', api },
          host,
          each,
        );
      })
    : undefined;
  setOutputs(
    { ...NO_OUTPUTS, ...outcome.outputs, 'comment-url': commentUrl ?? '' },
    outcome.stackOutputs,
    log,
  );
  if (outcome.answer !== undefined) log.info(outcome.answer);
  const { toSave, server, exported = {} } = outcome;
  if (!toSave && !server) return;
  if (toSave) saveState('cache', JSON.stringify(toSave));
  if (server) saveState('server', JSON.stringify(server));
  for (const [name, value] of Object.entries(exported)) exportVariable(name, value);
}
