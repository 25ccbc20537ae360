import { AGAIN, INPUTS, type InputName } from '../inputs.ts';
import { type Problem, ProblemError } from '../problem.ts';
import { own } from '../template/types.ts';
import { commandsWith, flagsOf, isCommand } from './command-flags.ts';
import {
  expandedPattern,
  strayWord,
  takesNext,
  unknownCommand,
  unknownFlag,
  unquotedPattern,
} from './misunderstood.ts';

const SHORT: Readonly<Record<string, InputName>> = { '-e': 'event', '-p': 'port', '-w': 'watch' };

/** What a format is called by itself: `--svg` is `--format svg`. */
const FORMATS: ReadonlySet<string> = new Set(['json', 'mermaid', 'svg']);

/** What stands without its flag as well: of two, the later is not meant to win. */
const ONCE: ReadonlySet<InputName> = new Set(['command', 'function']);

/** What other tools have before a command: `sam local invoke`. */
const TWO_WORDS: ReadonlySet<string> = new Set(['local', 'remote']);

/** What was written at the terminal. */
export interface Flags {
  readonly flags: ReadonlyMap<InputName, string>;
  /** `--yes`: what would be asked is confirmed. */
  readonly yes: boolean;
}

/** The one flag that is no input: in a workflow nobody is asked. */
const YES = '--yes';
/** Commands that ask. */
const ASKING: ReadonlySet<string> = new Set(['delete', 'setup']);

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
    const [, long, attached] = /^--([^=]+)(?:=(.*))?$/s.exec(written) ?? [];
    const flag = long ?? own(SHORT, written) ?? (written.startsWith('-') ? written : undefined);
    if (flag === undefined) {
      const command = flags.get('command');
      const expanded = expandedPattern(args, at);
      if (expanded) {
        problems.push(unquotedPattern(expanded));
        while (args[at + 1]?.startsWith('-') === false) at++;
      } else if (command === undefined) flags.set('command', written);
      else if (command === 'invoke' && !flags.has('function')) flags.set('function', written);
      else if (TWO_WORDS.has(command)) flags.set('command', `${command} ${written}`);
      else if (isCommand(command) || !command.includes(' '))
        problems.push(strayWord({ word: written, command, flag: args[at - 2] }));
      continue;
    }
    if (FORMATS.has(flag) && attached === undefined) {
      flags.set('format', flag);
      continue;
    }
    if (!Object.hasOwn(INPUTS, flag)) {
      problems.push(unknownFlag(flag));
      if (attached === undefined && takesNext(flag, args[at + 1])) at++;
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
    else if (isSwitch && !isValueOf(name, next)) flags.set(name, 'true');
    else if (next === undefined || next.startsWith('--'))
      problems.push({ message: `--${flag} has no value`, next: `Write --${flag}=VALUE.` });
    else {
      set(next);
      at++;
    }
  }
  const command = flags.get('command');
  if (command !== undefined && !isCommand(command)) problems.unshift(unknownCommand(command));
  problems.push(...foreignFlags(flags));
  if (yes && (command === undefined || (isCommand(command) && !ASKING.has(command))))
    problems.push({
      message: `${YES} means nothing here`,
      next: `Leave it out; it is for ${[...ASKING].join(', ')}.`,
    });
  if (problems.length > 0) throw new ProblemError(problems);
  return { flags, yes };
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

/** Whether a word behind a switch is its value: one that it accepts, or that other switches do. */
const isValueOf = (name: InputName, word = ''): boolean =>
  ['true', 'false', 'auto', ...INPUTS[name].accepts.split(', ')].includes(word);
