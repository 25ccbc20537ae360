/** Files whose names match a pattern get a Cache-Control header; the first rule that matches counts. */
export interface CacheRule {
  /** `*` stands for anything but `/`, `**` for anything. */
  readonly pattern: string;
  readonly header: string;
}

/** Headers that say what an object is. */
export interface Content {
  readonly type: string;
  readonly encoding?: 'gzip' | 'br' | 'zstd';
}

const TYPES: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  css: 'text/css; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  gif: 'image/gif',
  htm: 'text/html; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  md: 'text/markdown; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  otf: 'font/otf',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  ttf: 'font/ttf',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webm: 'video/webm',
  webmanifest: 'application/manifest+json',
  webp: 'image/webp',
  woff: 'font/woff',
  woff2: 'font/woff2',
  xml: 'application/xml',
  zip: 'application/zip',
};
const ENCODINGS: Readonly<Record<string, Content['encoding']>> = { br: 'br', gz: 'gzip', zst: 'zstd' };

const extensionOf = (name: string): string => /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

const typeOf = (name: string): string => {
  const extension = extensionOf(name);
  return (Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined) ?? 'application/octet-stream';
};

/**
 * What a file is, by its name. A compressed variant (`app.js.br` beside `app.js`) is served as what it is a variant of.
 *
 * @param names all files, by which a variant is told from an archive that is offered as such
 */
export function contentOf(name: string, names: ReadonlySet<string>): Content {
  const extension = extensionOf(name);
  const encoding = Object.hasOwn(ENCODINGS, extension) ? ENCODINGS[extension] : undefined;
  const original = name.slice(0, -extension.length - 1);
  if (encoding === undefined || !names.has(original)) return { type: typeOf(name) };
  return { type: typeOf(original), encoding };
}

/** The Cache-Control header of a file, if a rule says one. */
export const cacheControl = (name: string, rules: readonly CacheRule[]): string | undefined =>
  rules.find(({ pattern }) => matches(pattern, name))?.header;

function matches(pattern: string, name: string): boolean {
  const source = pattern
    .split(/(\*\*\/|\*\*|\*)/)
    .map((part) => WILDCARDS[part] ?? part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('');
  return new RegExp(`^${source}$`).test(name);
}

const WILDCARDS: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*' };
