import type { ResourceChange } from '../../../aws/stack/change-set.ts';
import type { DriftRow, StackReport } from '../../../report/model.ts';
import { shownValue } from '../../../report/values/parameter-values.ts';

/**
 * What a change set that reverts drift says of it: a row for each property, with what was deployed, what is there, and
 * what will be there. Values that may be secrets are left out.
 */
function revertedDrift(
  changes: readonly ResourceChange[],
): Required<Pick<StackReport, 'drift' | 'drifted' | 'notes'>> {
  const drift = changes.flatMap(rowsOf);
  const unknown = changes.filter(({ drift: found }) => found && /^(UNKNOWN|UNSUPPORTED)$/.test(found.status));
  const ignored = changes.flatMap(({ logicalId, drift: found }) =>
    (found?.ignored ?? []).map((path) => `${logicalId}${path}`),
  );
  return {
    drift,
    drifted: driftedLines(drift),
    notes: [
      ...(unknown.length > 0
        ? [`Drift of ${unknown.map(({ logicalId }) => logicalId).join(', ')} cannot be found out.`]
        : []),
      ...(ignored.length > 0
        ? [
            `Not looked at for drift, because it cannot be read, is secret, or AWS changes it itself: ${ignored.join(', ')}.`,
          ]
        : []),
    ],
  };
}

function rowsOf({ logicalId, type, action, details, drift }: ResourceChange): DriftRow[] {
  const about = { logicalId, type };
  if (drift?.status === 'DELETED') {
    const after = action === 'Remove' ? 'none' : 'made again';
    return [{ ...about, property: '', deployed: 'there', real: 'deleted', after }];
  }
  const byPath = new Map(
    details.flatMap(({ target, drift: found, after, syncs }): [string, DriftRow][] => {
      if (!found) return [];
      const property = target.replace(/^Properties\./, '');
      const shown = (value: string | undefined): string =>
        value === undefined ? 'none' : shownValue(property, value);
      const real = shown(found.real);
      const next = action === 'Remove' ? 'none' : syncs ? real : shown(after);
      return [[property, { ...about, property, deployed: shown(found.deployed), real, after: next }]];
    }),
  );
  return [...byPath.values()];
}

function driftedLines(rows: readonly DriftRow[]): string[] {
  return [...Map.groupBy(rows, ({ logicalId }) => logicalId)].map(([logicalId, [first, ...rest]]) => {
    const properties = [first, ...rest].flatMap((row) => row?.property || []);
    const which = properties.length > 0 ? `: ${properties.join(', ')}` : '';
    const how = properties.length > 0 ? 'modified' : 'deleted';
    return `Drift: ${logicalId} (${first?.type ?? ''}) was ${how} outside of CloudFormation${which}`;
  });
}

/** A report with the drift that a change set reverts. */
export function withDrift(report: StackReport, changes: readonly ResourceChange[]): StackReport {
  const { notes, ...found } = revertedDrift(changes);
  return { ...report, ...found, notes: [...(report.notes ?? []), ...notes] };
}
