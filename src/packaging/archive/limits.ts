import type { Problem } from '../../problem.ts';

/** Bytes that a function and its layers may have once unpacked. Source: AWS Lambda developer guide, "Lambda quotas". */
const UNPACKED = 250 * 1024 * 1024;

/** Bytes of an archive. Source: the same, "Web functions", 2026-11-29. */
const OF_WEB_FUNCTIONS = 512 * 1024 * 1024;

/** What Lambda would refuse the archive of a web function for. */
export function webLimitProblem(owner: string, size: number): Problem | undefined {
  if (size <= OF_WEB_FUNCTIONS) return undefined;
  return {
    subject: owner,
    message: `its archive has ${Math.ceil(size / 1024 / 1024)} MB; Lambda takes 512 MB of a web function`,
    next: 'Leave out what is not needed at run time.',
  };
}

/**
 * What Lambda would refuse an archive for. Its 50 MB for archives count for direct uploads only; everything here goes
 * through S3.
 *
 * @param owner logical ID
 */
export function lambdaLimitProblem(owner: string, unpackedSize: number): Problem | undefined {
  if (unpackedSize <= UNPACKED) return undefined;
  return {
    subject: owner,
    message: `its code has ${Math.ceil(unpackedSize / 1024 / 1024)} MB unzipped; Lambda takes 250 MB, layers included`,
    next: 'Leave out what is not needed at run time, or deploy it as an image.',
  };
}
