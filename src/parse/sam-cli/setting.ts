/**
 * A value of SAM CLI's settings files. Whole numbers are `bigint`, as SAM CLI writes `1.0` and `1` into different texts.
 */
export type Setting =
  | string
  | bigint
  | number
  | boolean
  | Date
  | null
  | readonly Setting[]
  | { readonly [key: string]: Setting };

/** Whether it is a map of settings. */
export const isSettings = (value: Setting | undefined): value is { readonly [key: string]: Setting } =>
  typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Date);

/** Whether it is a list of settings. */
export const isList = (value: Setting | undefined): value is readonly Setting[] => Array.isArray(value);

/**
 * The text that SAM CLI makes of a value, which is Python's: `true` is `True`.
 *
 * @returns `undefined` for lists, maps, `null` and parts of seconds, which nobody means as a text
 */
export function settingText(value: Setting): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'bigint':
      return String(value);
    case 'number':
      return floatText(value);
    case 'boolean':
      return value ? 'True' : 'False';
    default:
      return value instanceof Date ? dateText(value) : undefined;
  }
}

/** `2026-11-29 08:00:00+00:00`. Parts of seconds are kept to the millisecond only, so they are not taken at all. */
function dateText(date: Date): string | undefined {
  const iso = date.toISOString();
  if (/\.\d*[1-9]/.test(iso)) return undefined;
  return iso
    .replace('T', ' ')
    .replace(/\.0+/, '')
    .replace(/(?:Z|-00:00)$/, '+00:00');
}

/** The shortest digits, as in JavaScript, but always with a point or an exponent. */
function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const [digits, exponent] = value.toExponential().split('e');
  const power = Number(exponent);
  if (value !== 0 && (power < -4 || power >= 16))
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  const plain = String(value);
  return plain.includes('.') ? plain : `${plain}.0`;
}
