import type { Report, StackReport } from '../../src/report/model.ts';
import { diffTemplates } from '../../src/template/diff/index.ts';
import type { JsonObject, Template } from '../../src/template/types.ts';

/** A stack with the given change; everything else is ordinary. */
export function stackReport(
  before: JsonObject,
  after: JsonObject,
  rest: Partial<StackReport> = {},
): StackReport {
  return {
    stackName: 'orders',
    region: 'eu-central-1',
    state: 'preview',
    base: { kind: 'deployed' },
    diff: diffTemplates({ Resources: before } as Template, { Resources: after } as Template),
    changedParameters: [],
    changedTags: [],
    codeSizes: {},
    planHash: 'e'.repeat(64),
    accountHash: 'abc',
    outputs: {},
    failure: undefined,
    ...rest,
  };
}

/** Whose comment the samples are. */
export const AUTHOR = {
  workflow: 'Deploy',
  run: '41/1',
  job: 'deploy',
  instance: '',
  shows: 'plan',
} as const;

export const report = (stacks: readonly StackReport[], rest: Partial<Report> = {}): Report => ({
  state: 'preview',
  stacks,
  problems: [],
  warnings: [],
  target: {
    stackNames: [],
    folder: 'orders',
    selected: '',
    region: undefined,
    stage: undefined,
    accountHash: '',
  },
  commit: '0123456789abcdef',
  runUrl: 'https://github.com/o/r/actions/runs/1',
  ...rest,
});

/** Resources of the plainest kind, with a number each. */
export const queues = (count: number, size: number): JsonObject =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `Queue${index}`,
      { Type: 'X::Y::Queue', Properties: { Text: 'x'.repeat(size) } },
    ]),
  );
