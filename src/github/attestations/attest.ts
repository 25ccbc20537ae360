import { type Problem, ProblemError } from '../../problem.ts';

/** Something that was built, by its digest. */
export interface Subject {
  readonly name: string;
  /** SHA-256, in lower-case hex. */
  readonly sha256: string;
}

/** How many subjects an attestation may have. Source: actions/attest, README. */
const MOST_SUBJECTS = 1024;

/**
 * Signs build provenance of what was built: that it comes from this repository, commit and run. The statement is that of
 * GitHub's own action; for public repositories it is in Sigstore's public log, for others GitHub signs it alone.
 *
 * @param subjects at least one
 * @throws ProblemError where the job may not do that, or the plan of a private repository has no attestations
 */
export async function attestBuild(subjects: readonly Subject[], token: string): Promise<void> {
  const { attestProvenance } = await import('@actions/attest');
  for (let at = 0; at < subjects.length; at += MOST_SUBJECTS) {
    const some = subjects.slice(at, at + MOST_SUBJECTS);
    try {
      await attestProvenance({
        subjects: some.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
        token,
      });
    } catch (error) {
      throw new ProblemError(explained(error), { cause: error });
    }
  }
}

const RIGHTS = 'Give the job the permissions id-token: write and attestations: write.';

function explained(error: unknown): Problem {
  const why = error instanceof Error ? error.message : String(error);
  const subject = 'input attest';
  if (/ID token|OIDC|ACTIONS_ID_TOKEN/i.test(why) && !/Failed to persist/.test(why))
    return { subject, message: `GitHub gave the job no token to sign with: ${why}`, next: RIGHTS };
  if (/not available|upgrade|make this repository public/i.test(why))
    return {
      subject,
      message: `GitHub keeps no attestations for this repository: ${why}`,
      next: 'Private repositories need GitHub Enterprise Cloud for them: leave out attest.',
    };
  if (/not accessible|Bad credentials|Not Found/i.test(why))
    return { subject, message: `GitHub did not store the attestation: ${why}`, next: RIGHTS };
  return {
    subject,
    message: `what was built could not be attested: ${why}`,
    next: 'Run it again; status.sigstore.dev and githubstatus.com say whether others fail, too.',
  };
}

/** Whether a job may sign at all, which is known before anything is done. */
export const maySign = (env: Readonly<Record<string, string | undefined>>): boolean =>
  Boolean(env.ACTIONS_ID_TOKEN_REQUEST_URL && env.ACTIONS_ID_TOKEN_REQUEST_TOKEN);

/** What is wrong where a job may not sign. */
export const MAY_NOT_SIGN: Problem = {
  subject: 'input attest',
  message: 'this job has no token to sign with',
  next: RIGHTS,
};
