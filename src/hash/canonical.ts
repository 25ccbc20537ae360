/** JSON whose maps are sorted by key (code units), so that equal data is equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : item,
  );
}

/** The canonical JSON of a map, from that of its values. */
export const canonicalMap = (values: Readonly<Record<string, string>>): string => {
  const sorted = Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `{${Object.entries(sorted)
    .map(([key, text]) => `${JSON.stringify(key)}:${text}`)
    .join()}}`;
};

/** SHA-256 in lower-case hex. Node loads what it is made with when something is hashed: that takes some milliseconds. */
export function sha256(data: string | Uint8Array): string {
  return process.getBuiltinModule('node:crypto').hash('sha256', data);
}
