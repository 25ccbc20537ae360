import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBelow, type Workspace } from '../../workspace/workspace.ts';
import { readToml } from './project.ts';

/** Settings of where packages are looked for. Source: uv documentation, "Settings". */
interface Places {
  readonly 'find-links'?: unknown;
  readonly 'index-url'?: unknown;
  readonly 'extra-index-url'?: unknown;
  readonly index?: unknown;
  readonly pip?: Places;
}

const VARIABLES =
  /^(PIP_(FIND_LINKS|INDEX_URL|EXTRA_INDEX_URL)|UV_(FIND_LINKS|INDEX|DEFAULT_INDEX|INDEX_URL|EXTRA_INDEX_URL))$/;

/**
 * Folders of this machine in which installers look for packages, by settings of uv from a folder up and by variables;
 * absolute. One that is not there is named, too.
 */
export function localIndexes(
  { root }: Workspace,
  directory: string,
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  const found: string[] = [];
  const take = (written: readonly unknown[], folder: string): void => {
    for (const each of written) {
      const path = localPath(String(each));
      if (path !== undefined) found.push(resolve(folder, path));
    }
  };
  for (let at = directory; isBelow(root, at); at = dirname(at)) {
    const [project, settings] = ['pyproject.toml', 'uv.toml'].map((name) =>
      existsSync(join(at, name)) ? readToml(join(at, name)) : {},
    );
    const { tool } = project as { readonly tool?: { readonly uv?: Places } };
    take([...placesIn(tool?.uv), ...placesIn(settings as Places)], at);
    if (at === dirname(at)) break;
  }
  for (const [name, value = ''] of Object.entries(env))
    if (VARIABLES.test(name)) take(value.split(/[\s,]+/), directory);
  return found;
}

function placesIn(places: Places | undefined): unknown[] {
  if (!places) return [];
  const indexes = [places.index ?? []].flat() as readonly { readonly url?: unknown }[];
  return [
    ...[places['find-links'], places['index-url'], places['extra-index-url']].flat(),
    ...indexes.map(({ url }) => url),
    ...placesIn(places.pip),
  ].filter((each) => typeof each === 'string');
}

/** What is written as a path, or as the address of a file; `name=` may stand before it. */
export function localPath(written: string): string | undefined {
  const text = written.replace(/^[\w.-]+=/, '');
  if (text === '' || (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) && !text.startsWith('file://'))) return undefined;
  return text.startsWith('file:') ? fileURLToPath(text) : text;
}
