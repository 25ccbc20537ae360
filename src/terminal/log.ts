import type { Log } from '../log.ts';
import { type Place, placeText } from '../problem.ts';
import { groupedLines } from '../text/grouped-lines.ts';
import { redactor, showable } from '../text/secrets.ts';
import type { Colours } from './colours.ts';
import { terminalWords } from './wording.ts';

/** In a workflow the place belongs to the annotation; here it is part of the line, unless it is in there already. */
function placed(message: string, place: Place | undefined): string {
  const where = place ? `(${placeText(place)})` : '';
  const words = terminalWords(message);
  return words.includes(where) ? words : `${words} ${where}`;
}

/**
 * The log of a terminal.
 *
 * @param write one line, without its end
 */
export function terminalLog(
  write: (line: string) => void,
  { debug, colours }: { readonly debug: boolean; readonly colours: Colours },
): Log {
  const secrets = redactor();
  const plain = (text: string): string => showable(text, secrets);
  const lines = groupedLines({ write, open: (title) => colours.bold(plain(title)), close: undefined });
  const logTo = (line: (text: string) => void, group: Log['group']): Log => ({
    debug: (message) => {
      if (debug) line(colours.dim(plain(message)));
    },
    info: (message) => line(plain(message)),
    warning: (message, place) => line(`${colours.yellow('warning')} ${plain(placed(message, place))}`),
    error: (message, place) => line(`${colours.red('error')} ${plain(placed(message, place))}`),
    secret: secrets.add,
    redact: secrets.redact,
    group,
  });
  const indented =
    (line: (text: string) => void) =>
    (text: string): void =>
      line(`  ${text.replaceAll('\n', '\n  ')}`);
  // A group in a group is a title and further indentation: it cannot wait for the one that it is in.
  const inside =
    (line: (text: string) => void): Log['group'] =>
    (title, body) => {
      line(colours.bold(plain(title)));
      return body(logTo(indented(line), inside(indented(line))));
    };
  return logTo(lines.line, (title, body) =>
    lines.group(title, (line) => body(logTo(indented(line), inside(indented(line))))),
  );
}
