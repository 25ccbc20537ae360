import { harmless, singleLine } from '../text/harmless.ts';
import { html } from '../text/html.ts';

/** Characters that Markdown or HTML may read as markup. */
const MARKUP = /[\\`*_[\]#+|~<>&$]/g;
/** Longer texts in sentences and tables are cut: the whole is in the log. In UTF-16 units. */
const LONGEST = 1_500;

/** Text that is cut where it gets too long to be read, never within a character. */
export const shortened = (text: string, longest: number = LONGEST): string =>
  text.length <= longest
    ? text
    : `${text
        .slice(0, longest)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`;

/** Text that Markdown shows as it is, on one line: nothing in it is markup, HTML, a mention, a reference or a link. */
export function plain(text: string): string {
  return shortened(singleLine(text))
    .replace(MARKUP, (char) =>
      char === '<' ? '&lt;' : char === '>' ? '&gt;' : char === '&' ? '&amp;' : `\\${char}`,
    )
    .replace(REFERENCES, '$&\u200b')
    .replace(/^:(?=:)/, ':\u200b');
}

/** What GitHub makes a link of: mentions, issues, addresses (and a runner of `##[`: a command). A zero-width space after it leaves it text. */
const REFERENCES = /(?<!&)[@#](?=[\w[])|\bGH-(?=\d)|(?:https?|ftp)(?=:\/\/)|www(?=\.)/gi;

/** A code span. Where backticks or pipes could end it or its table cell, an element with everything in it encoded. */
export function code(text: string): string {
  const content = shortened(singleLine(text))
    .replace(/^:(?=:)/, ':\u200b')
    .replaceAll('##[', '##\u200b[');
  if (content === '') return '—';
  if (!/[`|\\]/.test(content)) return `\`${content}\``;
  return `<code>${content.replace(/[^\p{L}\p{N} ]/gu, (char) => `&#${char.codePointAt(0)};`)}</code>`;
}

/** A code block whose fence is longer than any run of backticks in it. */
export function codeBlock(language: string, text: string): string {
  const content = harmless(text)
    .replace(/^(\s*[-+! ]?\s*):(?=:)/gm, '$1:\u200b')
    .replaceAll('##[', '##\u200b[');
  const longest = [...content.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${content}\n${fence}`;
}

/** A link to an address of our own making; what could end it is encoded, and anything but http(s) is no link. */
export function link(text: string, url: string): string {
  const safe = harmless(url).replace(
    /[\s()<>[\]\\`"'|]/g,
    (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return /^https?:\/\//.test(safe) ? `[${plain(text)}](${safe})` : plain(text);
}

/** Text within an HTML block of a comment, where Markdown is not read but mentions and references are. */
export function inHtmlBlock(text: string): string {
  return html(shortened(singleLine(text)))
    .replaceAll('`', '&#96;')
    .replace(REFERENCES, '$&\u200b');
}
