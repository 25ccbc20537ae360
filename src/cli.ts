import { HELP } from './cli-help.ts';
import { closest } from './closest.ts';
import { runCommand } from './commands/index.ts';
import { failureText } from './failure-text.ts';
import { hostOf, inputContext } from './host.ts';
import { INPUTS, type InputName, parseInputs } from './inputs.ts';
import { type Problem, ProblemError, problemLine } from './problem.ts';
import { renderTerminal } from './report/terminal.ts';
import { coloursFor } from './terminal/colours.ts';
import { terminalLog } from './terminal/log.ts';
import { progressBar } from './terminal/progress.ts';
import { VERSION } from './version.ts';

/** The same commands at a terminal: every input is a flag. */
export async function run(): Promise<void> {
  const { env, argv } = process;
  const args = argv.slice(2);
  if (args.length === 0 || args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP);
    return;
  }
  if (args.includes('--version')) {
    process.stdout.write(`${VERSION}\n`);
    return;
  }
  const colours = coloursFor(process.stderr, env);
  const debug = args.includes('--log-level=debug') || args[args.indexOf('--log-level') + 1] === 'debug';
  // Progress goes to stderr, the report to stdout: `provision --noop > report.txt` has what one wants.
  const log = terminalLog((line) => process.stderr.write(`${line}\n`), { debug, colours });
  try {
    const flags = parseFlags(args);
    const folder = process.cwd();
    const host = await hostOf(env, folder, log, (total) => progressBar(process.stderr, total, colours));
    const inputs = await parseInputs(
      (name) => flags.get(name),
      inputContext(folder, flags.get('working-directory') ?? '.'),
    );
    const { ok, report } = await runCommand(inputs, host);
    if (report) process.stdout.write(`${renderTerminal(report, coloursFor(process.stdout, env))}\n`);
    process.exitCode = ok ? 0 : 1;
  } catch (error) {
    const { problems, stack } = await failureText(error);
    for (const problem of problems) log.error(problemLine(problem));
    log.debug(stack);
    process.exitCode = 1;
  }
}

/**
 * Reads `command --flag value --flag=value --switch`.
 *
 * @throws ProblemError with every flag that is not known and every value that is missing
 */
export function parseFlags(args: readonly string[]): Map<InputName, string> {
  const flags = new Map<InputName, string>();
  const problems: Problem[] = [];
  for (let at = 0; at < args.length; at++) {
    const [, flag, attached] = /^--([^=]+)(?:=(.*))?$/s.exec(args[at] ?? '') ?? [];
    if (flag === undefined) {
      if (flags.has('command'))
        problems.push({
          message: `${JSON.stringify(args[at])} is not understood`,
          next: 'One command is enough; flags begin with --.',
        });
      else flags.set('command', args[at] ?? '');
      continue;
    }
    if (!Object.hasOwn(INPUTS, flag)) {
      const meant = closest(flag, Object.keys(INPUTS));
      problems.push({
        message: `there is no flag --${flag}`,
        next: meant ? `Write --${meant} if that is meant.` : '--help lists all flags.',
      });
      continue;
    }
    const name = flag as InputName;
    const next = args[at + 1];
    const isSwitch = 'flag' in INPUTS[name];
    if (attached !== undefined) flags.set(name, attached);
    else if (isSwitch && next !== 'true' && next !== 'false' && next !== 'auto') flags.set(name, 'true');
    else if (next === undefined || next.startsWith('--'))
      problems.push({ message: `--${flag} has no value`, next: `Write --${flag}=VALUE.` });
    else {
      flags.set(name, next);
      at++;
    }
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return flags;
}
