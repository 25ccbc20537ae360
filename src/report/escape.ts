import { harmless, singleLine } from '../text.ts';

const MARKUP = /[\\`*_{}[\]()#+!|~<>&$]/g;

/** Text that Markdown shows as it is, on one line: nothing in it is markup, HTML, a mention or a reference. */
export function plain(text: string): string {
  return singleLine(text)
    .replace(MARKUP, (char) => (char === '<' ? '&lt;' : char === '>' ? '&gt;' : char === '&' ? '&amp;' : `\\${char}`))
    .replace(/(@|#)(?=\w)/g, '$1\u200b')
    .replace(/(https?|ftp):\/\//gi, '$1\u200b://')
    .replace(/\bwww\./gi, 'www\u200b.')
    .replace(/::/g, ':\u200b:');
}

/** A code span whatever backticks the text holds; pipes are escaped, as spans stand in tables. */
export function code(text: string): string {
  const content = singleLine(text).replaceAll('|', '\\|').replaceAll('::', ':\u200b:');
  if (content === '') return '` `';
  const longest = Math.max(0, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${content}${pad}${fence}`;
}

/** A code block whose fence is longer than any run of backticks in it. */
export function codeBlock(language: string, text: string): string {
  const content = harmless(text).replace(/^(\s*[-+ ]?\s*):(?=:)/gm, '$1:\u200b');
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${content}\n${fence}`;
}

/** Text for HTML, in elements and attributes. */
export function html(text: string): string {
  return harmless(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
