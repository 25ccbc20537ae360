import { isCheckedOut } from '../../github/untrusted.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';

/** Whether a pull request may have an environment, and why not. */
export type Admission =
  | { readonly kind: 'own' | 'labelled' }
  | { readonly kind: 'refused'; readonly why: string };

/**
 * The code of a fork is a stranger's: it has an environment only where a label was set after its last push. Only the event
 * of the label itself says so; times of commits are the stranger's own words.
 */
export async function admission({ forkLabel }: Inputs, host: Host): Promise<Admission> {
  const { event, env, workspace } = host;
  const { pullRequest } = event;
  if (!pullRequest?.isFork) return { kind: 'own' };
  const refused = (why: string): Admission => ({
    kind: 'refused',
    why: `No environment: the pull request comes from a fork${why}`,
  });
  if (forkLabel === undefined)
    return refused(', and the input fork-label names no label that would let it have one');
  if (event.action !== 'labeled' || event.label !== forkLabel)
    return refused(
      `. Set the label ${forkLabel} once its last push is reviewed; what was set before a push does not count`,
    );
  const { headSha } = pullRequest;
  const commits = event.name === 'pull_request' ? [headSha, env.GITHUB_SHA ?? ''] : [headSha];
  if (await isCheckedOut(workspace, commits)) return { kind: 'labelled' };
  return refused(
    `, and what is checked out is not the commit ${headSha.slice(0, 7)} that was labelled: give actions/checkout ref: \${{ github.event.pull_request.head.sha }}`,
  );
}
