import type { StackReport } from '../report/model.ts';
import { codeSizes } from '../stages/plan/compare.ts';
import { located } from '../stages/plan/index.ts';
import { knownNow } from '../stages/plan/known-templates.ts';
import { drawLevels } from '../stages/plan/levels/draw-levels.ts';
import { assembledLevel } from '../stages/plan/levels/level.ts';
import type { FoundStack } from '../stages/plan/stack-plan.ts';
import type { Run } from '../stages/run.ts';

/** What a picture alone says nothing about. */
export const NOTHING_COMPARED: Omit<StackReport, 'stackName' | 'region'> = {
  state: 'preview',
  base: { kind: 'deployed' },
  diff: { resources: [], outputs: [], parameters: [], other: [], iam: [] },
  changedParameters: [],
  changedTags: [],
  codeSizes: {},
  planHash: '',
  accountHash: '',
  outputs: {},
  failure: undefined,
};

/** A stack in one picture, as its sources have it. */
export async function drawStack(found: FoundStack, run: Run): Promise<StackReport> {
  const { stack, aws, deployed } = found;
  const { rendered } = await located(found, 'preview', run);
  const region = stack.environment?.region ?? aws?.region;
  const after = await assembledLevel({ stack, rendered, region }, knownNow(rendered, deployed));
  const sizes = codeSizes(stack);
  const { stackName, displayName } = stack;
  const drawn = await drawLevels(
    { before: undefined, after, diff: undefined },
    { displayName, codeSizes: sizes },
  );
  return { ...NOTHING_COMPARED, stackName, region, codeSizes: sizes, ...drawn };
}
