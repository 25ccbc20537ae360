import { harmless } from './harmless.ts';

/** Replaces secrets in text. */
export interface Redactor {
  add(secret: string): void;
  redact(text: string): string;
}

/** In UTF-16 units. Shorter values are not hidden, neither here nor by a runner: that would hide half of every text. */
export const SHORTEST_SECRET = 3;
/** The same for a fragment of base64 text, which is more likely to appear by chance. */
const SHORTEST_FRAGMENT = 6;

/**
 * Hides every secret that was added: as it is, each of its lines, and as JSON, URLs, forms and base64 write them
 * (base64 also where the secret is only a part of what was encoded). Secrets that overlap are hidden as one.
 */
export function redactor(): Redactor {
  const forms = new Set<string>();
  return {
    add(secret) {
      const texts = new Set([secret, ...secret.split(/\r\n?|\n/).map((line) => line.trim())]);
      for (const text of texts) {
        if (text.length >= SHORTEST_SECRET) for (const form of formsOf(text)) forms.add(form);
      }
    },
    redact: (text) => hideSpans(text, spansOf(text, forms)),
  };
}

/** Text from anywhere as it may be shown: harmless, and with secrets hidden, even those that an escape cuts into. */
export function showable(text: string, secrets: Redactor): string {
  return secrets.redact(harmless(secrets.redact(text)));
}

function formsOf(text: string): string[] {
  const wellFormed = text.toWellFormed();
  return [
    text,
    harmless(text),
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(wellFormed),
    new URLSearchParams([['', wellFormed]]).toString().slice(1),
    Buffer.from(text).toString('base64'),
    ...[0, 1, 2].flatMap((before) => base64Inside(text, before)),
  ].filter((form) => form.length >= SHORTEST_SECRET);
}

/** The characters of base64 and base64url that depend on `text` alone when `before` bytes (modulo 3) precede it. */
function base64Inside(text: string, before: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
  const known: [number, number] = [Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6)];
  return [bytes.toString('base64'), bytes.toString('base64url')]
    .map((encoded) => encoded.slice(...known))
    .filter((form) => form.length >= SHORTEST_FRAGMENT);
}

/** From and to, exclusive. */
type Span = readonly [number, number];

function spansOf(text: string, forms: Iterable<string>): Span[] {
  const spans: Span[] = [];
  for (const form of forms) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
      spans.push([at, at + form.length]);
    }
  }
  return spans.sort(([a], [b]) => a - b);
}

function hideSpans(text: string, spans: readonly Span[]): string {
  let shown = '';
  let end = 0;
  for (const [from, to] of spans) {
    if (from >= end) shown += `${text.slice(end, from)}***`;
    end = Math.max(end, to);
  }
  return shown + text.slice(end);
}
