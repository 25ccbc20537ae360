/**
 * Terminal escapes: CSI, OSC up to its end on the same line, and those of two or three characters (ECMA-48). An OSC
 * without end is none: taking it for one would swallow everything that follows.
 */
const ESCAPES =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c\u009d\n]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]+[0-~]|\u001b[0-Z\\^-~]/g;
/**
 * C0 and C1 controls but for tab and newline; marks that turn the direction of text; separators, annotations and tags
 * that nobody sees.
 */
const HIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0001}\u{e0020}-\u{e007f}]/gu;

/** Of nothing but these, there is nothing to take out: most texts, and there are tens of thousands of them in a page. */
const PLAIN = /^[\t\n\x20-\x7e]*$/;

/**
 * Text from anywhere (event reasons, compiler output, resource names) as plain lines: terminal escapes, control
 * characters and marks that turn text around are taken out, lone surrogates replaced.
 */
export function harmless(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(/\r\n?/g, '\n').replace(ESCAPES, '').replace(HIDDEN, '').toWellFormed();
}

/** Harmless text on one line. */
export function singleLine(text: string): string {
  return harmless(text).replace(/\s+/g, ' ').trim();
}

/**
 * Breaks what a runner would obey: it reads `::command::` at the start of a line, after any white space, and
 * `##[command]` anywhere. A zero-width space leaves the text readable; where a runner's comparison ignores it, the
 * name of the command is still none that it knows.
 */
export function defuseCommands(text: string): string {
  return text.replace(/^([\s\u0085]*):(?=:)/gm, '$1:\u200b').replaceAll('##[', '##\u200b[');
}
