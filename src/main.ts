import { runCommand } from './commands/index.ts';
import { actionLog } from './github/log.ts';
import { hostOf } from './host.ts';
import { type InputName, parseInputs } from './inputs.ts';
import type { Log } from './log.ts';
import { type Problem, problemLine } from './problem.ts';
import { hasToldOfEnd, watchEnd } from './process-end.ts';
import { inputContext, withSamConfig } from './read-inputs.ts';

/** The action's main step: inputs, command, outputs. */
export async function run(): Promise<void> {
  const { env } = process;
  const folder = env.GITHUB_WORKSPACE ?? process.cwd();
  const debug = readInput('log-level') === 'debug' || env.RUNNER_DEBUG === '1';
  const log = actionLog((line) => process.stdout.write(`${line}\n`), { debug, workspace: folder });
  log.secret(readInput('github-token') ?? '');
  for (const name of ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) log.secret(env[name] ?? '');
  const done = watchEnd(log);
  const host = await hostOf(env, folder, log, {
    progress: undefined,
    background: true,
    confirm: async () => true,
  }).catch(async (error: unknown) => void (await tell(error, folder, log)));
  if (!host) {
    process.exitCode = 1;
    return done();
  }
  let read = readInput;
  const outcome = await withSamConfig(readInput, folder, log)
    .then((all) => {
      read = all;
      return parseInputs(all, inputContext(folder, readInput('working-directory') || '.'));
    })
    .then((inputs) => runCommand(inputs, host))
    .catch(async (error: unknown) => {
      const problems = await tell(error, folder, log);
      const { failedOutcome } = await import('./failed-outcome.ts');
      return failedOutcome({ error, problems }, read, host);
    });
  const { tellRunner } = await import('./stages/report/tell-runner.ts');
  await tellRunner(outcome, readInput, host);
  process.exitCode = outcome.ok && !hasToldOfEnd() ? 0 : 1;
  done();
}

/** Says what went wrong. */
async function tell(error: unknown, workspace: string, log: Log): Promise<readonly Problem[]> {
  const { failureText } = await import('./failure-text.ts');
  const { problems, stack } = await failureText(error, workspace);
  for (const problem of problems) log.error(problemLine(problem), problem.place);
  log.debug(stack);
  return problems;
}

/** As the runner hands inputs over. */
function readInput(name: InputName): string | undefined {
  return process.env[`INPUT_${name.toUpperCase()}`]?.trim();
}
