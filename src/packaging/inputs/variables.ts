import { homedir, tmpdir } from 'node:os';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a program that runs a project's own code has no business with: our inputs and outputs, and the runner's tokens. */
const WITHHELD =
  /^(INPUT_.*|STATE_.*|ACTIONS_.*|GITHUB_TOKEN|GH_TOKEN|GITHUB_(OUTPUT|STATE|ENV|PATH|STEP_SUMMARY))$/i;

/** What tells one run, commit or session from another. */
const OF_THIS_RUN =
  /^((GITHUB|RUNNER)_.*|IMAGEVERSION|HOSTNAME|INVOCATION_ID|JOURNAL_STREAM|SYSTEMD_EXEC_PID|MEMORY_PRESSURE_.*|XDG_SESSION_.*|SSH_(CLIENT|CONNECTION|TTY)|WINDOWID|TERM_SESSION_ID|MAIL|LS_COLORS|OLDPWD|SHLVL|_)$/i;

/** Of these, what is the same in each run of a repository. */
const OF_EACH_RUN =
  /^(GITHUB_(ACTIONS|SERVER_URL|API_URL|GRAPHQL_URL|REPOSITORY|REPOSITORY_OWNER|REPOSITORY_ID|REPOSITORY_OWNER_ID|WORKSPACE)|RUNNER_(OS|ARCH|ENVIRONMENT|TOOL_CACHE|TEMP))$/i;

/** What a program needs to find its way on this machine, or to be let in; no result depends on it. */
const WAYS =
  /^(HOME|USER|LOGNAME|PWD|TMPDIR|TEMP|TMP|TERM|RUNNER_TEMP|XDG_RUNTIME_DIR|SSH_AUTH_SOCK|SSH_AGENT_PID|DBUS_.*|DISPLAY|NODE_AUTH_TOKEN|AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|WEB_IDENTITY_TOKEN_FILE|CONTAINER_.*))$/i;

/** Whether a build is given a variable only if it names it. */
export const isOfThisRun = (name: string): boolean => OF_THIS_RUN.test(name) && !OF_EACH_RUN.test(name);

/** The environment for a program: ours without secrets of the action, with what is added on request. */
export function programEnvironment(
  env: Environment,
  added: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const kept = Object.entries(env).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && !WITHHELD.test(pair[0]),
  );
  return { ...Object.fromEntries(kept), ...added };
}

/**
 * The environment for a build: what differs between runs is left out, so that no result can depend on it in secret.
 *
 * @param named variables of this run that the build names, which it is given all the same
 */
export function buildEnvironment(
  env: Environment,
  added: Readonly<Record<string, string>> = {},
  named: ReadonlySet<string> = new Set(),
): Record<string, string> {
  const kept = Object.entries(programEnvironment(env)).filter(
    ([name]) => !isOfThisRun(name) || named.has(name),
  );
  return { ...Object.fromEntries(kept), ...added };
}

/**
 * Variables that a tool sees and that may change its result, for {@link file://../toolchains/toolchain.ts}: the same in
 * any folder of any machine that is set up alike.
 *
 * @param which those that the tool is known to look at; `undefined`: the tool runs code of the project, which sees all
 */
export function seenVariables(
  env: Environment,
  root: string,
  which?: RegExp,
): Readonly<Record<string, string>> {
  const places = [
    [root, '<workspace>'],
    [env.RUNNER_TEMP ?? tmpdir(), '<temp>'],
    [env.HOME ?? homedir(), '<home>'],
  ] as const;
  // A password in an address opens a door; what is behind it is the same.
  const anywhere = (value: string): string =>
    places.reduce(
      (text, [path, name]) => (path === '' || path === '/' ? text : text.replaceAll(path, name)),
      value.replaceAll(/:\/\/[^/@\s]+@/g, '://'),
    );
  return Object.fromEntries(
    Object.entries(buildEnvironment(env))
      .filter(([name]) => !WAYS.test(name) && (which?.test(name) ?? true))
      .map(([name, value]) => [name, anywhere(value)]),
  );
}
