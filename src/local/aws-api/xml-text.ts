import { own } from '../../template/types.ts';

const NAMES: Readonly<Record<string, string>> = { amp: '&', apos: "'", gt: '>', lt: '<', quot: '"' };

/**
 * Text as XML holds it. A carriage return that is written as it is would be read as a line feed. Source: Extensible Markup
 * Language (XML) 1.0, "End-of-Line Handling".
 */
export const xmlEscaped = (text: string): string =>
  text.replace(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`);

/** What such a text stands for: characters by their numbers and by their names. */
export const xmlUnescaped = (text: string): string =>
  text.replace(
    /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
    (whole, hexadecimal: string | undefined, decimal: string | undefined, name = '') =>
      hexadecimal !== undefined || decimal !== undefined
        ? String.fromCodePoint(hexadecimal ? Number.parseInt(hexadecimal, 16) : Number(decimal))
        : (own(NAMES, name) ?? whole),
  );
