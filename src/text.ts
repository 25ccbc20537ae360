/** Terminal escapes: CSI, OSC and the two-character ones. */
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
/** C0 and C1 controls but for tab and newline; marks that turn the direction of text; invisible separators. */
const HIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

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
 * Breaks what a runner would obey: it reads `::command::` at the start of a line, and `##[command]` anywhere. A
 * zero-width space leaves the text readable.
 */
export function defuseCommands(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1:\u200b').replaceAll('##[', '##\u200b[');
}

/** Replaces secrets in text. */
export interface Redactor {
  add(secret: string): void;
  redact(text: string): string;
}

/** Shorter ones would hide half of every text. */
const SHORTEST_SECRET = 3;

/** Hides every secret that was added, the longest first, also as JSON, URL and base64 write it, and line by line. */
export function redactor(): Redactor {
  let secrets: string[] = [];
  return {
    add(secret) {
      const lines = secret.split(/\r?\n/).map((line) => line.trim());
      const forms = [secret, ...lines].flatMap((form) => [
        form,
        JSON.stringify(form).slice(1, -1),
        encodeURIComponent(form.toWellFormed()),
        Buffer.from(form).toString('base64'),
      ]);
      const all = new Set([...secrets, ...forms.filter((form) => form.length >= SHORTEST_SECRET)]);
      secrets = [...all].sort((a, b) => b.length - a.length);
    },
    redact(text) {
      return secrets.reduce((result, secret) => result.replaceAll(secret, '***'), text);
    },
  };
}
