import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Log } from '../log.ts';
import { type Place, placeText } from '../problem.ts';
import { groupedLines } from '../text/grouped-lines.ts';
import { defuseCommands } from '../text/harmless.ts';
import { redactor, SHORTEST_SECRET, showable } from '../text/secrets.ts';

/** GitHub shows ten annotations of a level and step; more are lost without a word. */
const ANNOTATIONS = 10;

interface LogOptions {
  readonly debug: boolean;
  /** Absolute: annotations name files in it. */
  readonly workspace: string;
}

/**
 * The log of a workflow step: groups, annotations and masks are the runner's workflow commands. They are written here
 * rather than with @actions/core because loading that costs more than everything else before the first AWS call.
 *
 * @param write one line, without its end
 */
export function actionLog(write: (line: string) => void, { debug, workspace }: LogOptions): Log {
  const secrets = redactor();
  const counts = { warning: 0, error: 0 };
  const plain = (text: string): string => defuseCommands(showable(text, secrets));

  const annotate = (level: 'warning' | 'error', message: string, place: Place | undefined): string => {
    const count = ++counts[level];
    if (count > ANNOTATIONS) {
      const note =
        count === ANNOTATIONS + 1
          ? `GitHub shows ${ANNOTATIONS} ${level}s of a step: what follows is in this log only\n`
          : '';
      return note + plain(`${level}: ${message}${place ? ` (${placeText(place)})` : ''}`);
    }
    const at = place && placeInside(workspace, place);
    const properties = Object.entries({ file: at?.file, line: at?.line, col: at?.column })
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${key}=${escapeProperty(plain(String(value)))}`);
    const command = [level, ...(properties.length > 0 ? [properties.join(',')] : [])].join(' ');
    const where = place && !at ? ` (${placeText(place)})` : '';
    const told = message.includes(where) ? message : `${message}${where}`;
    return `::${command}::${escapeData(plain(told))}`;
  };

  const lines = groupedLines({
    write,
    open: (title) => `::group::${escapeData(plain(title).replaceAll('\n', ' '))}`,
    close: '::endgroup::',
  });

  const logTo = (line: (text: string) => void, nested: Log['group']): Log => ({
    debug: (message) => {
      if (debug) line(plain(message));
    },
    info: (message) => line(plain(message)),
    warning: (message, place) => line(annotate('warning', message, place)),
    error: (message, place) => line(annotate('error', message, place)),
    secret: (value) => {
      secrets.add(value);
      const masks = [value, ...value.split(/\r\n?|\n/)].filter(
        (each) => each.trim().length >= SHORTEST_SECRET,
      );
      for (const each of new Set(masks)) write(`::add-mask::${escapeData(each)}`);
    },
    redact: secrets.redact,
    group: nested,
  });
  const group: Log['group'] = (title, body) => lines.group(title, (line) => body(logTo(line, inside(line))));
  // A group in a group is not shown by GitHub: its title becomes a line.
  const inside =
    (line: (text: string) => void): Log['group'] =>
    (title, body) => {
      line(plain(title));
      return body(logTo(line, inside(line)));
    };
  return logTo(lines.line, group);
}

/** GitHub shows an annotation at a file that the repository has; anything else is told in words. */
function placeInside(workspace: string, place: Place): Place | undefined {
  const file = relative(workspace, resolve(workspace, place.file));
  const isInside = file !== '' && !file.startsWith('..') && !isAbsolute(file);
  return isInside && existsSync(resolve(workspace, file)) ? { ...place, file } : undefined;
}

/** As the runner unescapes the message of a workflow command. */
const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** As the runner unescapes a property of a workflow command. */
const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
