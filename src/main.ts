import { runCommand } from './commands/index.ts';
import { failureText } from './failure-text.ts';
import { actionLog } from './github/log.ts';
import { hostOf, inputContext, watchEnd, withSamConfig } from './host.ts';
import { type InputName, parseInputs } from './inputs.ts';
import { failedOutcome } from './outcome.ts';
import { problemLine } from './problem.ts';

/** The action's main step: inputs, command, outputs. */
export async function run(): Promise<void> {
  const { env } = process;
  const folder = env.GITHUB_WORKSPACE ?? process.cwd();
  const debug = readInput('log-level') === 'debug' || env.RUNNER_DEBUG === '1';
  const log = actionLog((line) => process.stdout.write(`${line}\n`), { debug });
  log.secret(readInput('github-token') ?? '');
  for (const name of ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) log.secret(env[name] ?? '');
  const done = watchEnd(log);
  const host = await hostOf(env, folder, log, { progress: undefined, background: true });
  const outcome = await withSamConfig(readInput, folder, log)
    .then((read) => parseInputs(read, inputContext(folder, readInput('working-directory') || '.')))
    .then((inputs) => runCommand(inputs, host))
    .catch(async (error: unknown) => {
      const { problems, stack } = await failureText(error);
      for (const problem of problems) log.error(problemLine(problem), problem.place);
      log.debug(stack);
      return failedOutcome(problems, host.event);
    });
  const { finish } = await import('./finish.ts');
  await finish(outcome, readInput, host);
  process.exitCode = outcome.ok && !process.exitCode ? 0 : 1;
  done();
}

/** As the runner hands inputs over. */
function readInput(name: InputName): string | undefined {
  return process.env[`INPUT_${name.toUpperCase()}`]?.trim();
}
