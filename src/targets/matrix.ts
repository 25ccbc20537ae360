import type { Target } from './target.ts';

/** What a job of a matrix is told of its target; what a target does not have is empty. */
export interface MatrixEntry {
  readonly target: string;
  readonly service: string;
  readonly stage: string;
  readonly region: string;
  readonly account: string;
  /** ARN of the role to assume. */
  readonly role: string;
  /** Environment of GitHub whose reviewers approve it. */
  readonly environment: string;
}

/** The value of `strategy.matrix`: one job for each entry. */
export interface JobMatrix {
  readonly include: readonly MatrixEntry[];
}

/** A matrix for some targets. */
export const matrixOf = (targets: readonly Target[]): JobMatrix => ({
  include: targets.map(({ name, service, stage, region, account, roleToAssume, approve }) => ({
    target: name,
    service: service ?? '',
    stage: stage ?? '',
    region: region ?? '',
    account: account ?? '',
    role: roleToAssume ?? '',
    environment: approve ?? '',
  })),
});

/**
 * The text of an output for `fromJSON`. GitHub takes no empty matrix, so that there is nothing instead: a job with
 * `if: needs.plan.outputs.matrix` is skipped then.
 */
export const matrixText = (matrix: JobMatrix): string =>
  matrix.include.length === 0 ? '' : JSON.stringify(matrix);
