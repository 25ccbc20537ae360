/** What Java reads in a regular expression, and JavaScript takes for letters. */
const JAVA_ONLY = /\\[AEGHNPQRXZaehpz]|\[[^\]]*&&/;

/** Flags that both languages have, at the beginning: `(?is)`. */
const FLAGS = /^\(\?([ims]+)\)/;

/**
 * A regular expression of Java, as far as both languages mean the same.
 *
 * @param within what it is a part of: `^(?:...)$`
 * @throws {Error} where they do not
 */
export function javaPattern(
  written: string,
  { flags = '', within = (source: string) => source }: PatternUse = {},
): RegExp {
  const refuse = (why: string): Error =>
    new Error(`the regular expression ${written} is Java's own, and cannot be run here: ${why}`);
  const [foreign] = JAVA_ONLY.exec(written.replaceAll('\\\\', '')) ?? [];
  if (foreign !== undefined) throw refuse(`JavaScript has no ${foreign}`);
  const [, given = ''] = FLAGS.exec(written) ?? [];
  const source = written.replace(FLAGS, '');
  const all = [...new Set(flags + given)].join('');
  try {
    // By itself first: brackets that it does not have may fit those around it.
    new RegExp(source, all);
    return new RegExp(within(source), all);
  } catch (error) {
    throw refuse((error as Error).message.replace(/^.*: /, ''));
  }
}

interface PatternUse {
  readonly flags?: string;
  readonly within?: (source: string) => string;
}

/**
 * Whether a regular expression of Java is for all of a text. As in Java, a point stands for no line end.
 *
 * @throws {Error} where it is not one of JavaScript as well
 */
export const javaMatches = (written: string, text: string): boolean =>
  javaPattern(written, { within: (source) => `^(?:${source})$` }).test(text);
