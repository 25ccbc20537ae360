import { harmless } from './harmless.ts';

/** Text for HTML and SVG, in elements and attributes. */
export function html(text: string): string {
  const shown = harmless(text);
  if (!/[&<>"']/.test(shown)) return shown;
  return shown
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
