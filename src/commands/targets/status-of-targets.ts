import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { forEachOf } from '../../order/for-each.ts';
import { AT_ONCE } from '../../order/limits.ts';
import type { Outcome } from '../../outcome.ts';
import { ProblemError } from '../../problem.ts';
import type { Target } from '../../targets/target.ts';
import { statusOfStack } from '../status.ts';
import { loadAll, runsOf, stackNamesOf } from './target-run.ts';

/** Says how the stack of each target is, and sets their outputs by target. */
export async function statusOfTargets(
  targets: readonly [Target, ...Target[]],
  inputs: Inputs,
  host: Host,
): Promise<Outcome> {
  // What belongs to another account than it says is an error here, too.
  const loaded = await loadAll(await runsOf(targets, { ...inputs, noop: false }, host));
  const outcomes = await forEachOf(
    loaded,
    inputs.maxParallel ?? AT_ONCE.targets,
    ({ target, run, ...source }) =>
      run.host.log.group(`Target ${target.name}`, async (log) => {
        const { aws } = run;
        if (!aws) throw new ProblemError({ subject: `target ${target.name}`, message: 'it has no region' });
        const names = stackNamesOf({ target, run, ...source });
        const found = [];
        for (const name of names)
          found.push(await statusOfStack(name, aws, { inputs, host: { ...host, log } }));
        return { target, found };
      }),
  );
  const all = outcomes.flatMap(({ found }) => found);
  const [only, ...others] = all;
  const rows = outcomes.flatMap(({ target, found }) =>
    found.map(({ outputs }) => ({
      name: target.name,
      stack: outputs['stack-name'] ?? '',
      status: outputs['stack-status'] ?? '',
    })),
  );
  const shared = { targets: JSON.stringify(rows) };
  if (only && others.length === 0) return { ...only, outputs: { ...only.outputs, ...shared } };
  const byTarget = outcomes.map(({ target, found }) => [
    target.name,
    Object.assign({}, ...found.map(({ stackOutputs }) => stackOutputs)) as unknown,
  ]);
  return {
    ok: all.every(({ ok }) => ok),
    report: undefined,
    outputs: {
      ...shared,
      drift: all.flatMap(({ outputs }) => outputs.drift || []).join('\n'),
      outputs: JSON.stringify(Object.fromEntries(byTarget)),
    },
    stackOutputs: {},
  };
}
