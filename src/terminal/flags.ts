import { closest } from '../closest.ts';
import { INPUTS, type InputName } from '../inputs.ts';
import { type Problem, ProblemError } from '../problem.ts';
import { own } from '../template/types.ts';
import { commandsWith, flagsOf, isCommand } from './command-flags.ts';

const SHORT: Readonly<Record<string, InputName>> = { '-e': 'event', '-p': 'port', '-w': 'watch' };

/**
 * Reads `command --flag value --flag=value --switch`, and `invoke <function> -e <event>`.
 *
 * @throws ProblemError with every flag that is not known and every value that is missing
 */
export function parseFlags(args: readonly string[]): Map<InputName, string> {
  const flags = new Map<InputName, string>();
  const problems: Problem[] = [];
  for (let at = 0; at < args.length; at++) {
    const written = args[at] ?? '';
    const [, flag = own(SHORT, written), attached] = /^--([^=]+)(?:=(.*))?$/s.exec(written) ?? [];
    if (flag === undefined) {
      if (flags.get('command') === 'invoke' && !flags.has('function') && !written.startsWith('-'))
        flags.set('function', written);
      else if (flags.has('command'))
        problems.push({
          message: `${JSON.stringify(written)} is not understood`,
          next: 'One command is enough; flags begin with --.',
        });
      else flags.set('command', written);
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
    const before = flags.get(name);
    const set = (value: string): void =>
      void flags.set(name, before !== undefined && 'again' in INPUTS[name] ? `${before}\n${value}` : value);
    if (attached !== undefined) set(attached);
    else if (isSwitch && next !== 'true' && next !== 'false' && next !== 'auto') flags.set(name, 'true');
    else if (next === undefined || next.startsWith('--'))
      problems.push({ message: `--${flag} has no value`, next: `Write --${flag}=VALUE.` });
    else {
      set(next);
      at++;
    }
  }
  problems.push(...foreignFlags(flags));
  if (problems.length > 0) throw new ProblemError(problems);
  return flags;
}

/** Flags that would be ignored, which nobody means who writes them. */
function foreignFlags(flags: ReadonlyMap<InputName, string>): Problem[] {
  const command = flags.get('command') ?? INPUTS.command.default;
  if (!isCommand(command)) return [];
  const known = flagsOf(command);
  return [...flags.keys()]
    .filter((flag) => !known.includes(flag))
    .map((flag) => ({
      message: `--${flag} means nothing to ${command}`,
      next: `Leave it out; it is for ${commandsWith(flag).join(', ')}.`,
    }));
}
