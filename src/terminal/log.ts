import { groupedLines } from '../grouped-lines.ts';
import type { Log } from '../log.ts';
import { placeText } from '../problem.ts';
import { harmless, redactor } from '../text.ts';
import type { Colours } from './colours.ts';

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
  const plain = (text: string): string => secrets.redact(harmless(text));
  const lines = groupedLines({ write, open: (title) => colours.bold(plain(title)), close: undefined });
  const logTo = (line: (text: string) => void): Log => ({
    debug: (message) => {
      if (debug) line(colours.dim(plain(message)));
    },
    info: (message) => line(plain(message)),
    warning: (message, place) =>
      line(`${colours.yellow('warning')} ${plain(message)}${place ? ` (${plain(placeText(place))})` : ''}`),
    error: (message, place) =>
      line(`${colours.red('error')} ${plain(message)}${place ? ` (${plain(placeText(place))})` : ''}`),
    secret: (value) => {
      if (value !== '') secrets.add(value);
    },
    group: (title, body) =>
      lines.group(title, (text) => body(logTo((each) => text(`  ${each.replaceAll('\n', '\n  ')}`)))),
  });
  return logTo(lines.line);
}
