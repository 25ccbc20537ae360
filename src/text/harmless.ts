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

/**
 * Text from anywhere (event reasons, compiler output, resource names) as plain lines: terminal escapes, control
 * characters and marks that turn text around are taken out, lone surrogates replaced.
 */
export function harmless(text: string): string {
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

/** Replaces secrets in text. */
export interface Redactor {
  add(secret: string): void;
  redact(text: string): string;
}

/** In UTF-16 units. Shorter values are not hidden, neither here nor by a runner: that would hide half of every text. */
export const SHORTEST_SECRET = 3;
/** The same for the middle of a base64 text, which tells less of where it came from. */
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
