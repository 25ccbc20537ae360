import { type Listed, type Reader, textOf } from './package.ts';

const METADATA = /^(?:.*\/)?[^/]+\.dist-info\/METADATA$/;

/**
 * Packages that an installer of Python unpacked. Source: "Core metadata specifications" and "Recording installed
 * projects" of the Python Packaging User Guide.
 */
export const pythonPackages: Reader = {
  matches: ({ name }) => METADATA.test(name),
  most: 4 * 1024 * 1024,
  async read({ name: file }, content, listed) {
    const fields = headers(content.toString());
    const [name, version] = [textOf(fields.get('name')?.[0]), textOf(fields.get('version')?.[0])];
    if (name === undefined || version === undefined) return [];
    const licence = licenceOf(fields);
    const size = await recordedSize(file, listed);
    return [
      {
        ecosystem: 'PyPI' as const,
        // Spellings of one name: PEP 503.
        name: name.toLowerCase().replaceAll(/[-_.]+/g, '-'),
        version,
        ...(licence !== undefined && { licence }),
        ...(size !== undefined && { size }),
      },
    ];
  },
};

/** Up to the first empty line; after it comes the description. */
function headers(text: string): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const line of text.split(/\r?\n/)) {
    if (line === '') break;
    const [, name, value = ''] = /^([\w-]+): ?(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const key = name.toLowerCase();
    fields.set(key, [...(fields.get(key) ?? []), value]);
  }
  return fields;
}

/** The expression of SPDX; else the free text, where it is a name and not a text; else the classifiers. */
function licenceOf(fields: ReadonlyMap<string, readonly string[]>): string | undefined {
  const expression = textOf(fields.get('license-expression')?.[0]);
  if (expression !== undefined) return expression;
  const free = textOf(fields.get('license')?.[0]);
  if (free !== undefined && free.length <= 60 && free !== 'UNKNOWN') return free;
  const classified = (fields.get('classifier') ?? []).flatMap(
    (each) => /^License :: (?:.* :: )?(.+)$/.exec(each)?.[1] ?? [],
  );
  return classified.length > 0 ? classified.join(', ') : undefined;
}

/** Of the files that its list names and the archive has. */
async function recordedSize(file: string, { entries, text }: Listed): Promise<number | undefined> {
  const folder = file.slice(0, -'METADATA'.length);
  const root = folder.replace(/[^/]+\/$/, '');
  const record = await text(`${folder}RECORD`);
  if (record === '') return undefined;
  const named = new Set(record.split(/\r?\n/).map((line) => root + firstField(line)));
  return entries.reduce((sum, { name, size }) => (named.has(name) ? sum + size : sum), 0);
}

/** RECORD is CSV: a name with a comma stands in quotes. */
function firstField(line: string): string {
  const quoted = /^"((?:[^"]|"")*)"/.exec(line)?.[1]?.replaceAll('""', '"');
  return quoted ?? line.slice(0, line.includes(',') ? line.indexOf(',') : undefined);
}
