import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { isObject } from '../template/types.ts';
import { isCommand } from './command-flags.ts';

/** What each input means, by its name. */
export type Meanings = Readonly<Record<string, string>>;

/**
 * What action.yml says of the inputs, for people at a terminal: the first sentence of each, as text.
 *
 * @param file the one beside the program; where it is not, nothing is known
 */
export async function readMeanings(file: string): Promise<Meanings> {
  const action: unknown = parse(await readFile(file, 'utf8').catch(() => ''));
  const inputs = isObject(action) && isObject(action.inputs) ? action.inputs : {};
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, input]) =>
      isObject(input) && typeof input.description === 'string'
        ? [[name, firstSentence(input.description)]]
        : [],
    ),
  );
}

/** Without the commands that an input is for: whose help it is in is one of them. */
function firstSentence(description: string): string {
  const text = description.trim().replace(/\s+/g, ' ');
  const [before = '', commands = ''] = FOR_COMMANDS.exec(text) ?? [];
  const isForCommands = commands.split(', ').every((each) => isCommand(each.replaceAll('`', '')));
  const rest = text.slice(before.length);
  // It may mean something else to another command.
  const meansMore = [...rest.matchAll(/`([a-z-]+)`: /g)].some(([, other = '']) => isCommand(other));
  const told = isForCommands && !meansMore ? rest : text;
  const [first = ''] = told.split(/(?<=[.)]) (?=[A-Z])/);
  // Values and names stay as they are written.
  return `${first.charAt(0).toUpperCase()}${first.slice(1)}`.replaceAll('`', '');
}

/** "`start`, `explore`: ", with where they are run. */
const FOR_COMMANDS = /^(`[a-z-]+`(?:, `[a-z-]+`)*)(?: \(at a terminal\)| at a terminal)?: /;
