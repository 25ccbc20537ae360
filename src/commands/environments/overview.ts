import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { detectDrift, driftLines } from '../../aws/drift/detect-drift.ts';
import { stateOf } from '../../aws/stack/stack-states.ts';
import { writeSummary } from '../../github/summary.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Outcome } from '../../outcome.ts';
import {
  overviewHtml,
  overviewMarkdown,
  overviewText,
  type StackRow,
} from '../../report/environments/overview.ts';
import { connectTo, runOf } from '../run.ts';
import { type OwnStack, ownStacks, placesOf, repositoryOf } from './list.ts';

/** What runs where: all stacks that this repository deployed, as a table, as JSON, and as a page in `.sparta`. */
export async function overview(inputs: Inputs, host: Host): Promise<Outcome> {
  const { log } = host;
  const repository = repositoryOf(host);
  const aws = await connectTo(inputs, host);
  const { places } = await placesOf(inputs, host, aws);
  const stacks = await ownStacks(places, host);
  const drifts = new Map<string, string>();
  if (inputs.drift !== false || inputs.failOn?.includes('drift')) {
    const limits = { signal: host.signal, deadline: Date.now() + inputs.timeout * 60_000 };
    for (const { aws: place, stack } of stacks) {
      const found = await detectDrift(place, stack.id, limits);
      for (const line of driftLines(found)) log.info(`${stack.name}: ${line}`);
      drifts.set(stack.id, found.resources.length > 0 ? 'DRIFTED' : 'IN_SYNC');
    }
  }
  const rows = stacks.map((each) => rowOf(each, drifts.get(each.stack.id)));
  if (rows.length === 0) log.info(`${repository} has no stack with its tags in ${aws.region}`);
  for (const line of overviewText(rows)) log.info(line);
  await writeSummary(host.env.GITHUB_STEP_SUMMARY, log.redact(overviewMarkdown(repository, rows)), log);
  const { output } = runOf(inputs, host, { noop: true, aws });
  await mkdir(output, { recursive: true });
  await writeFile(join(output, 'stacks.html'), log.redact(overviewHtml(repository, rows)));
  const drifted = rows.filter(({ drift }) => drift === 'DRIFTED').map(({ stackName }) => stackName);
  return {
    ok: drifted.length === 0 || !inputs.failOn?.includes('drift'),
    report: undefined,
    outputs: { stacks: stacksJson(stacks, drifts), drift: drifted.join('\n') },
    stackOutputs: {},
  };
}

function rowOf({ aws, stack, origin }: OwnStack, drift = stack.driftStatus): StackRow {
  return {
    stackName: stack.name,
    region: aws.region,
    status: stack.status,
    isFailed: stateOf(stack.status).outcome === 'failed',
    environment: origin.environment,
    pullRequest: origin.pullRequest,
    commit: origin.commit,
    created: stack.created,
    changed: stack.changed ?? stack.created,
    expires: origin.expires,
    drift,
  };
}

const at = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString();

/** The same for programs. */
export const stacksJson = (
  stacks: readonly OwnStack[],
  drifts: ReadonlyMap<string, string> = new Map(),
): string =>
  JSON.stringify(
    stacks.map((each) => {
      const { isFailed: _, created, changed, expires, ...row } = rowOf(each, drifts.get(each.stack.id));
      return { ...row, created: at(created), changed: at(changed), expires: at(expires) };
    }),
  );
