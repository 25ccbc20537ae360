import { posix } from 'node:path';

/** Of a file of the repository, its path on the site; `undefined` for what only GitHub shows. */
export function onSite(path: string): string | undefined {
  if (path === 'README.md') return 'index.md';
  return path.startsWith('docs/') && /\.(md|svg|png)$/.test(path) ? path.slice('docs/'.length) : undefined;
}

/** Blocks of code, and code in a line. */
const CODE = [/^( *)(`{3,}).*?^\1\2/gms, /(`+)[^`](?:.*?[^`])?\1(?!`)/g] as const;

const KEPT = /\0(\d+)\0/g;

/**
 * A page with the links of the site.
 *
 * @param path of the page in the repository
 * @param source where the repository is, for what only GitHub shows
 */
export function rewritten(path: string, text: string, source: string): string {
  const kept: string[] = [];
  const from = onSite(path) ?? '';
  const link = (target: string): string => {
    if (/^[a-z]+:|^#/.test(target)) return target;
    const [file = '', anchor] = target.split('#');
    const to = posix.normalize(posix.join(posix.dirname(path), decodeURIComponent(file)));
    const end = anchor === undefined ? '' : `#${anchor}`;
    const page = onSite(to);
    if (page === undefined) return `${source}/blob/main/${to}${end}`;
    const relative = posix.relative(posix.dirname(from), page);
    return `${relative.startsWith('.') ? relative : `./${relative}`}${end}`;
  };
  const put = (code: string): string => `\0${kept.push(code) - 1}\0`;
  return (
    text
      .replace(CODE[0], put)
      .replace(CODE[1], put)
      .replace(/<!--.*?-->\n?/gs, '')
      .replace(
        /\]\(([^)\s]+)((?: "[^"]*")?\))/g,
        (_, target: string, rest: string) => `](${link(target)}${rest}`,
      )
      // Pictures for light and dark are HTML.
      .replace(/ (src|srcset)="([^"]+)"/g, (_, name: string, target: string) => ` ${name}="${link(target)}"`)
      .replace(KEPT, (_, index: string) => kept[Number(index)] ?? '')
  );
}
