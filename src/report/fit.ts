/** A part of a text that has to fit a budget. */
export interface Section {
  readonly text: string;
  /** Never dropped. */
  readonly kept?: boolean;
  /** What a kept section may be replaced by when even the kept ones do not fit, from long to short. */
  readonly shorter?: readonly string[];
}

const SEPARATOR = '\n\n';

/**
 * Joins sections within a budget of UTF-8 bytes. Whole sections are dropped from the bottom; when those that are kept
 * do not fit, they are shortened, from the bottom too.
 *
 * @param notice says that something is missing; stands before the last section when something is
 */
export function fitSections(sections: readonly Section[], notice: string, limit: number): string {
  const sizeOf = (text: string): number => Buffer.byteLength(text) + SEPARATOR.length;
  let total = sections.reduce((sum, { text }) => sum + sizeOf(text), 1);
  if (total <= limit) return joined(sections.map(({ text }) => text));

  total += sizeOf(notice);
  const texts: (string | undefined)[] = sections.map(({ text }) => text);
  const replace = (index: number, text: string | undefined): void => {
    total += (text === undefined ? 0 : sizeOf(text)) - sizeOf(texts[index] ?? '');
    texts[index] = text;
  };
  for (let index = sections.length - 1; index >= 0 && total > limit; index--) {
    if (!sections[index]?.kept) replace(index, undefined);
  }
  const deepest = Math.max(0, ...sections.map(({ shorter }) => shorter?.length ?? 0));
  for (let level = 0; level < deepest; level++) {
    for (let index = sections.length - 1; index >= 0 && total > limit; index--) {
      const text = sections[index]?.shorter?.[level];
      if (text !== undefined) replace(index, text);
    }
  }
  const last = texts.pop();
  return joined([...texts, notice, last].filter((text) => text !== undefined));
}

const joined = (texts: readonly string[]): string =>
  `${texts.filter((text) => text !== '').join(SEPARATOR)}\n`;
