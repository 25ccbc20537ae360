import { AGAIN, INPUTS, type InputName } from '../inputs.ts';
import { type Problem, ProblemError } from '../problem.ts';
import { own } from '../template/types.ts';
import { closest } from '../text/closest.ts';
import { commandsWith, flagsOf, isCommand } from './command-flags.ts';

const SHORT: Readonly<Record<string, InputName>> = { '-e': 'event', '-p': 'port', '-w': 'watch' };

/** What stands without its flag as well: of two, the later is not meant to win. */
const ONCE: ReadonlySet<InputName> = new Set(['command', 'function']);

/** What was written at the terminal. */
export interface Flags {
  readonly flags: ReadonlyMap<InputName, string>;
  /** `--yes`: what would be asked is confirmed. */
  readonly yes: boolean;
}

/** The one flag that is no input: in a workflow nobody is asked. */
const YES = '--yes';

/**
 * Reads `command --flag value --flag=value --switch`, and `invoke <function> -e <event>`.
 *
 * @throws ProblemError with every flag that is not known and every value that is missing
 */
export function parseFlags(args: readonly string[]): Flags {
  const flags = new Map<InputName, string>();
  const problems: Problem[] = [];
  let yes = false;
  for (let at = 0; at < args.length; at++) {
    const written = args[at] ?? '';
    if (written === YES || written === '-y') {
      yes = true;
      continue;
    }
    const [, flag = own(SHORT, written), attached] = /^--([^=]+)(?:=(.*))?$/s.exec(written) ?? [];
    if (flag === undefined) {
      if (flags.get('command') === 'invoke' && !flags.has('function') && !written.startsWith('-'))
        flags.set('function', written);
      else if (flags.has('command')) problems.push(strayWord(written, args[at - 2]));
      else flags.set('command', written);
      continue;
    }
    if (!Object.hasOwn(INPUTS, flag)) {
      const meant = negated(flag) ?? closest(flag, Object.keys(INPUTS));
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
    const set = (value: string): void => {
      if (before !== undefined && ONCE.has(name) && before !== value)
        problems.push({
          message: `two values are given for ${name}, ${JSON.stringify(before)} and ${JSON.stringify(value)}`,
          next: 'Give one of them.',
        });
      const adds = before !== undefined && 'again' in INPUTS[name];
      flags.set(name, adds ? `${before}${AGAIN}${value}` : value);
    };
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
  if (yes && flags.get('command') !== 'delete')
    problems.push({ message: `${YES} means nothing here`, next: 'Leave it out; it is for delete.' });
  if (problems.length > 0) throw new ProblemError(problems);
  return { flags, yes };
}

/**
 * A word that no flag takes.
 *
 * @param flag what stands two words before it: a flag, if the word is meant as another value of it
 */
function strayWord(word: string, flag = ''): Problem {
  const name = flag.slice(2);
  const next =
    flag.startsWith('--') && Object.hasOwn(INPUTS, name) && 'again' in INPUTS[name as InputName]
      ? `Write ${flag} before each value.`
      : 'One command is enough; flags begin with --.';
  return { message: `${JSON.stringify(word)} is not understood`, next };
}

/** `--no-cache` as it is written here: `cache=false`. */
function negated(flag: string): string | undefined {
  const [, name] = /^no-(.+)$/.exec(flag) ?? [];
  const switches = Object.entries(INPUTS).filter(([, { accepts }]) => accepts.split(', ').includes('false'));
  const meant =
    name &&
    closest(
      name,
      switches.map(([each]) => each),
    );
  return meant ? `${meant}=false` : undefined;
}

/** Flags that this command ignores: surely a mistake. */
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
