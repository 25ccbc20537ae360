/** Says of a value what is wrong with it; `at` is where it stands, for people (`stacks[0].id`). */
export type Shape = (value: unknown, at: string) => string[];

const kindOf = (value: unknown): string =>
  value === null
    ? 'null'
    : value === undefined
      ? 'nothing'
      : Array.isArray(value)
        ? 'a list'
        : `a ${typeof value}`;

const expected =
  (what: string, holds: (value: unknown) => boolean): Shape =>
  (value, at) =>
    holds(value) ? [] : [`${at} has to be ${what}, but it is ${kindOf(value)}`];

export const text = expected('a text', (value) => typeof value === 'string');
export const flag = expected('true or false', (value) => typeof value === 'boolean');
export const count = expected(
  'a whole number, at least 0',
  (value) => Number.isSafeInteger(value) && Number(value) >= 0,
);
export const step = expected(
  'a text or a whole number',
  (value) => typeof value === 'string' || Number.isSafeInteger(value),
);

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const oneOf = (...words: readonly string[]): Shape =>
  expected(`one of ${words.join(', ')}`, (value) => words.includes(value as string));

export const matching = (what: string, pattern: RegExp): Shape =>
  expected(what, (value) => typeof value === 'string' && pattern.test(value));

export const optional =
  (shape: Shape): Shape =>
  (value, at) =>
    value === undefined ? [] : shape(value, at);

export const list =
  (item: Shape): Shape =>
  (value, at) =>
    Array.isArray(value)
      ? value.flatMap((each, index) => item(each, `${at}[${index}]`))
      : [`${at} has to be a list, but it is ${kindOf(value)}`];

export const mapOf =
  (item: Shape): Shape =>
  (value, at) =>
    isMap(value)
      ? Object.entries(value).flatMap(([key, each]) => item(each, `${at}.${key}`))
      : [`${at} has to be a map, but it is ${kindOf(value)}`];

/** Whatever it is, somebody else judges it. */
export const anything: Shape = () => [];

/** A map with these fields; more are let through. */
export const fields =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, at) =>
    isMap(value)
      ? Object.entries(shapes).flatMap(([key, shape]) =>
          shape(Object.hasOwn(value, key) ? value[key] : undefined, at === '' ? key : `${at}.${key}`),
        )
      : [`${at || 'the file'} has to be a map, but it is ${kindOf(value)}`];

/** One of several maps, told apart by the word in one of their fields. */
export const variants =
  (field: string, shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, at) => {
    const word = isMap(value) ? value[field] : undefined;
    const shape = typeof word === 'string' && Object.hasOwn(shapes, word) ? shapes[word] : undefined;
    return (shape ?? fields({ [field]: oneOf(...Object.keys(shapes)) }))(value, at);
  };
