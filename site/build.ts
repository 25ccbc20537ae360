/**
 * Makes the documentation's site in site/.vitepress/dist: `npm ci && npm run build` in site/. Its pages are README.md and docs/ as they are;
 * links that lead out of these lead to the repository on GitHub. The generator refuses dead links between pages.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { onSite, rewritten } from './links.ts';

const here = import.meta.dirname;
const root = resolve(here, '..');
const pages = join(here, 'pages');

/** Where the repository is, without a slash at its end. */
const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  repository?: { url: string };
};
const source = (
  process.env.GITHUB_REPOSITORY
    ? `https://github.com/${process.env.GITHUB_REPOSITORY}`
    : (repository?.url ?? 'https://github.com/org/sparta-action')
)
  .replace(/^git\+/, '')
  .replace(/\.git$/, '');

rmSync(pages, { recursive: true, force: true });
mkdirSync(pages, { recursive: true });
const all = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true }).map((name) => `docs/${name}`),
];
for (const path of all) {
  const to = onSite(path);
  if (to === undefined) continue;
  mkdirSync(dirname(join(pages, to)), { recursive: true });
  if (!to.endsWith('.md')) cpSync(join(root, path), join(pages, to));
  else writeFileSync(join(pages, to), rewritten(path, readFileSync(join(root, path), 'utf8'), source));
}
execFileSync(join(here, 'node_modules', '.bin', 'vitepress'), ['build'], {
  cwd: here,
  stdio: 'inherit',
  env: { ...process.env, SITE_SOURCE: source },
});
