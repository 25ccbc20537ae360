import { Console } from 'node:console';
import { join } from 'node:path';
import { runCommand } from './commands/index.ts';
import { hostOf } from './host.ts';
import { parseInputs } from './inputs.ts';
import { problemLine } from './problem.ts';
import { hasToldOfEnd, watchEnd } from './process-end.ts';
import { inputContext, withSamConfig } from './read-inputs.ts';
import { redactReport } from './report/redact.ts';
import { renderTerminal } from './report/terminal.ts';
import { askAtTerminal } from './terminal/ask.ts';
import { coloursFor, knowsCodes } from './terminal/colours.ts';
import { parseFlags } from './terminal/flags.ts';
import { asksForHelp, help } from './terminal/help.ts';
import { terminalLog } from './terminal/log.ts';
import { oldNode } from './terminal/old-node.ts';
import { progressBar } from './terminal/progress.ts';
import { terminalWords } from './terminal/wording.ts';
import { VERSION } from './version.ts';

/** The same commands at a terminal: every input is a flag. */
export async function run(): Promise<void> {
  // Definitions and hooks may print what they like; stdout is for answers.
  globalThis.console = new Console(process.stderr);
  const { env, argv } = process;
  const args = argv.slice(2);
  const tooOld = oldNode(process.versions.node, argv[1] ?? 'sparta-action');
  if (tooOld !== undefined) {
    process.stderr.write(tooOld);
    process.exitCode = 1;
    return;
  }
  if (asksForHelp(args)) {
    const { readMeanings } = await import('./terminal/meanings.ts');
    const meanings = await readMeanings(join(import.meta.dirname, '..', 'action.yml'));
    const { columns = 100 } = process.stdout;
    process.stdout.write(help(args, { meanings, width: Math.min(Math.max(columns, 40), 100) }));
    return;
  }
  if (args.includes('--version')) {
    process.stdout.write(`${VERSION}\n`);
    return;
  }
  const colours = coloursFor(process.stderr, env);
  const debug = args.includes('--log-level=debug') || args[args.indexOf('--log-level') + 1] === 'debug';
  // Progress goes to stderr, the report to stdout, so that `provision --noop > report.txt` holds the report alone.
  const log = terminalLog((line) => process.stderr.write(`${line}\n`), { debug, colours });
  const done = watchEnd(log);
  try {
    const { yes, flags } = parseFlags(args);
    const folder = process.cwd();
    const host = await hostOf(env, folder, log, {
      progress: (total) =>
        progressBar(
          { isTTY: knowsCodes(process.stderr, env), write: (text) => process.stderr.write(text) },
          total,
          colours,
        ),
      background: false,
      confirm: yes ? async () => true : askAtTerminal,
    });
    const inputs = await parseInputs(
      await withSamConfig((name) => flags.get(name), folder, log),
      inputContext(folder, flags.get('working-directory') ?? '.'),
    );
    const { ok, report, answer } = await runCommand(inputs, host);
    if (report) {
      const text = renderTerminal(redactReport(report, log.redact), {
        colours: coloursFor(process.stdout, env),
        words: terminalWords,
      });
      process.stdout.write(`${log.redact(text)}\n`);
    }
    if (answer !== undefined) process.stdout.write(`${answer}\n`);
    process.exitCode = ok && !hasToldOfEnd() ? 0 : 1;
  } catch (error) {
    const { failureText } = await import('./failure-text.ts');
    const { problems, stack } = await failureText(error, process.cwd());
    for (const problem of problems) log.error(problemLine(problem));
    log.debug(stack);
    process.exitCode = 1;
  } finally {
    done();
  }
}
