import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SourceCopy } from '../../inputs/copy.ts';
import { existing, type InstallerPlace, withValues } from './requirement-files.ts';
import { type Wanted, withoutEditable } from './wanted.ts';

/**
 * Rewrites files of requirements in a copy: nothing is editable, and a folder of a package comes with the package's name.
 * uv runs the code of a package to learn its name otherwise, which it refuses to do where wheels are asked for.
 */
export function settleRequirements({ named, own }: Wanted, copy: SourceCopy, place: InstallerPlace): void {
  const names = new Map([...own.folders].map(([name, folder]) => [folder, name]));
  for (const file of named.files) {
    const at = copy.at(file);
    if (!existsSync(at)) continue;
    const text = readFileSync(at, 'utf8');
    const settled = withoutEditable(text)
      .split('\n')
      .map((line) => withName(line, [dirname(file), place.directory]))
      .join('\n');
    if (settled !== text) writeFileSync(at, settled);
  }

  function withName(line: string, folders: readonly string[]): string {
    const [, path = '', extras = '', rest = ''] =
      /^\s*([^\s;#[\]-][^\s;#[\]]*)(\[[^\]]*\])?(.*)$/.exec(line) ?? [];
    if (!/[/\\]|^\./.test(path)) return line;
    const [folder = '', ...others] = new Set(existing(withValues(path, place.env), folders));
    const name = others.length > 0 ? undefined : names.get(folder);
    if (name === undefined) return line;
    return `${name}${extras} @ ${pathToFileURL(copy.at(folder)).href} ${rest.replace(/^#\S*/, '')}`;
  }
}
