/**
 * Events that a stranger's pull request starts with the rights of the base branch: secrets, a token that writes, a
 * cache that the base branch reads. Running the pull request's code there gives all of that away.
 */
const PRIVILEGED_EVENTS = new Set(['pull_request_target', 'workflow_run']);

/**
 * Why the code in a folder must not be run with the rights of this run; `undefined` when it may.
 *
 * For a privileged event GITHUB_SHA is the last commit of the base branch. Any other commit that is checked out (the
 * head of a pull request, or its merge with the base) is code that nobody has merged; so may be what is not in git at
 * all, such as an artifact of another run. What a step before this one changed after the checkout can't be seen here.
 *
 * @param folder of the code, which may be a checkout within the workspace
 */
export async function untrustedCode(
  env: Readonly<Record<string, string | undefined>>,
  folder: string,
): Promise<string | undefined> {
  const { GITHUB_EVENT_NAME: event, GITHUB_SHA: trusted } = env;
  if (event === undefined || !PRIVILEGED_EVENTS.has(event)) return undefined;
  const rights = `${event} runs with the rights of the base branch`;
  const checkedOut = await commitOf(folder);
  if (checkedOut === undefined) return `${rights}, and no commit tells where this code comes from`;
  if (checkedOut === trusted) return undefined;
  return `${rights}, but the code is that of ${checkedOut.slice(0, 7)}, which is not the base branch's commit`;
}

/** A bare repository among the files of a pull request could claim any commit: it does not count. */
async function commitOf(folder: string): Promise<string | undefined> {
  const [{ execFile }, { promisify }] = await Promise.all([
    import('node:child_process'),
    import('node:util'),
  ]);
  try {
    const args = ['-c', 'safe.bareRepository=explicit', '-c', 'core.fsmonitor=false', '-C', folder];
    const { stdout } = await promisify(execFile)('git', [...args, 'rev-parse', '--verify', 'HEAD^{commit}']);
    return stdout.trim();
  } catch {
    return undefined;
  }
}

/** Whether one of some commits is what is checked out. */
export async function isCheckedOut(folder: string, commits: readonly string[]): Promise<boolean> {
  const found = await commitOf(folder);
  return found !== undefined && commits.includes(found);
}
