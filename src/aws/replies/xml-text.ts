const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** What a text between two tags says. Entities that XML does not define are as they stand. */
export function xmlText(text: string): string {
  if (!text.includes('&')) return text;
  if (/&(?!(?:lt|gt|quot|apos|amp);)/.test(text))
    return text.replaceAll(
      /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
      (all, hex?: string, decimal?: string, name = '') => {
        if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
        return decimal !== undefined ? String.fromCodePoint(Number(decimal)) : (ENTITIES[name] ?? all);
      },
    );
  // The ampersand last: what it makes is no entity.
  return Object.entries(ENTITIES).reduce((said, [name, is]) => said.replaceAll(`&${name};`, is), text);
}
