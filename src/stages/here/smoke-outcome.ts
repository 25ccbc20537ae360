import type { SmokeTestReport } from '../../report/model.ts';

/** What became of a smoke test, with the function that it was for. */
export interface SmokeOutcome extends SmokeTestReport {
  /** `undefined`: there is no such function. */
  readonly logicalId: string | undefined;
}
