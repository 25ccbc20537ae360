import { relative, resolve } from 'node:path';
import type { RunTarget } from '../../report/model.ts';
import { type Run, stageOf } from '../run.ts';

/** What the report of a run is about. */
export function targetOf(run: Run, stackNames: readonly string[]): RunTarget {
  const { inputs, aws, source } = run;
  const { workingDirectory, space } = source;
  return {
    stackNames,
    folder: relative(space.root, resolve(workingDirectory, source.source ?? '.')) || '.',
    region: inputs.region ?? aws?.region,
    stage: stageOf(run),
  };
}
