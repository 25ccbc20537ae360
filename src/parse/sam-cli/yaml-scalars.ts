import type { Setting } from './setting.ts';

const WORDS: ReadonlyMap<string, Setting> = new Map<string, Setting>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

const WHOLE = /^[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-f_]+|[0-9][0-9_]*)$/i;
const FLOAT = /^[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?|\.[0-9_]+(?:e[-+][0-9]+)?)$/i;
const NOT_FINITE: Readonly<Record<string, number>> = {
  '.inf': Number.POSITIVE_INFINITY,
  '-.inf': Number.NEGATIVE_INFINITY,
  '.nan': Number.NaN,
};
const DATE = /^\d{4}-\d{1,2}-\d{1,2}(?:(?:t|[ \t]+)\d{1,2}:\d{2}:\d{2}.*)?$/i;

/**
 * What a text without quotes means to SAM CLI.
 * Source: YAML 1.2.2, "Core Schema"; underscores, binary numbers and dates are ruamel.yaml's.
 *
 * @returns `undefined` for a time, or a day that the calendar does not have
 */
export function plainSetting(text: string): Setting | undefined {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const digits = text.replaceAll('_', '').toLowerCase();
  if (WHOLE.test(text)) return whole(digits);
  const other = NOT_FINITE[digits.replace('+', '')];
  if (other !== undefined) return other;
  if (FLOAT.test(text)) return Number(digits);
  if (!DATE.test(text)) return text;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined;
}

/** With a sign, of which `BigInt` takes none before other digits than decimal ones. */
function whole(digits: string): bigint {
  const [, sign = '', value = ''] = /^([-+]?)(.*)$/.exec(digits) ?? [];
  return sign === '-' ? -BigInt(value) : BigInt(value);
}
