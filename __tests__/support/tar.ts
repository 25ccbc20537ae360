/** An entry of a tar archive; type: `0` file, `1` hard link, `2` symbolic link, `5` folder, `6` pipe. */
export interface TarEntry {
  readonly name: string;
  readonly type?: '0' | '1' | '2' | '5' | '6';
  readonly link?: string;
  readonly text?: string;
}

/** An archive with any names, as no tar would make it (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html). */
export function tarOf(entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.flatMap(recordOf), Buffer.alloc(1024)]);
}

function recordOf({ name, type = '0', link = '', text = '' }: TarEntry): Buffer[] {
  const header = Buffer.alloc(512);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  header.write(name, 0);
  header.write(octal(0o644, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(text.length, 12), 124);
  header.write(octal(0, 12), 136);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  header.write(link, 157);
  header.write('ustar\x0000', 257);
  header.write(
    `${octal(
      header.reduce((sum, byte) => sum + byte, 0),
      7,
    )} `,
    148,
  );
  const content = Buffer.alloc(Math.ceil(text.length / 512) * 512);
  content.write(text);
  return [header, content];
}
