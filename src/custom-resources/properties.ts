/** Reads properties, and collects what is wrong with them. */
export interface PropertyReader {
  text(name: string): string;
  optionalText(name: string): string | undefined;
  list<Item>(name: string, item: (reader: PropertyReader) => Item): Item[];
  texts(name: string): string[];
  /** A map as it is. */
  data(name: string): Readonly<Record<string, unknown>>;
}

type Properties = Readonly<Record<string, unknown>>;

/**
 * What `read` makes of properties.
 *
 * @throws Error with everything that is missing or wrong
 */
export function readProperties<Result>(
  properties: Properties,
  read: (reader: PropertyReader) => Result,
): Result {
  const wrong: string[] = [];
  const result = read(reader(properties, '', wrong));
  if (wrong.length > 0) throw new Error(`Properties are wrong: ${wrong.join('; ')}.`);
  return result;
}

function reader(properties: Properties, path: string, wrong: string[]): PropertyReader {
  const get = (name: string): unknown =>
    Object.hasOwn(properties, name) && properties[name] !== null ? properties[name] : undefined;
  const expected = (name: string, what: string) => wrong.push(`${path}${name} has to be ${what}`);
  const optionalText = (name: string): string | undefined => {
    const value = get(name);
    if (value === undefined || typeof value === 'string') return value;
    expected(name, 'text');
    return undefined;
  };
  const items = (name: string): unknown[] => {
    const value = get(name);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    expected(name, 'a list');
    return [];
  };
  return {
    optionalText,
    text: (name) => {
      const value = optionalText(name);
      if (!value && (value === '' || get(name) === undefined)) wrong.push(`${path}${name} is missing`);
      return value ?? '';
    },
    list: (name, item) =>
      items(name).flatMap((value, index) => {
        if (isMap(value)) return [item(reader(value, `${path}${name}[${index}].`, wrong))];
        expected(`${name}[${index}]`, 'a map');
        return [];
      }),
    texts: (name) =>
      items(name).flatMap((value, index) => {
        if (typeof value === 'string') return [value];
        expected(`${name}[${index}]`, 'text');
        return [];
      }),
    data: (name) => {
      const value = get(name);
      if (isMap(value)) return value;
      if (value !== undefined) expected(name, 'a map');
      return {};
    },
  };
}

const isMap = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
