import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';

const page = (text: string, link: string) => ({ text, link: `/${link}` });

/** Headings have the anchors that GitHub gives them: letters, digits, hyphens and low lines. */
const slugify = (title: string): string =>
  title
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');

const sidebar = [
  {
    text: 'Start',
    items: [
      page('What it is', ''),
      page('From nothing to a deployment', 'setup'),
      page('IAM policies', 'iam-policy'),
    ],
  },
  {
    text: 'Come from elsewhere',
    items: [
      page('SAM CLI', 'from-sam'),
      page('CDK CLI', 'from-cdk'),
      page('Serverless Framework', 'from-serverless'),
      page("AWS's own action", 'from-aws-action'),
      page('Sparta', 'from-sparta'),
    ],
  },
  {
    text: 'Sources',
    items: [
      page('Service definitions', 'service'),
      page('SAM', 'sam'),
      page('CDK', 'cdk'),
      page('Sparta applications', 'sparta-go'),
      page('Metadata of other frameworks', 'normalisation'),
      page('Web functions', 'web-functions'),
      page('Durable functions', 'durable'),
      page('Discovery information', 'discovery'),
    ],
  },
  {
    text: 'Deploy',
    items: [
      page('Environments', 'environments'),
      page('Several targets', 'targets'),
      page('StackSets', 'stack-sets'),
      page('In place', 'in-place'),
      page('Checks, alarms, express', 'platform'),
      page('States and drift', 'stack-states'),
      page('Attestations', 'attestations'),
      page('Strangers’ pull requests', 'untrusted'),
    ],
  },
  {
    text: 'Look and try',
    items: [
      page('The service in one picture', 'describe'),
      page('Run functions here', 'local'),
      page('State machines', 'state-machines'),
      page('The console', 'console'),
      page('What is built again', 'builds'),
      page('The file of differences', 'diff'),
      page('The assembly', 'assembly'),
    ],
  },
  { text: 'The project', items: [page('Releases', 'releasing'), page('Dependencies', 'dependencies')] },
];

/** Pages that nobody has put anywhere yet, by their heading. */
const listed = new Set(sidebar.flatMap(({ items }) => items.map(({ link }) => link)));
const others = readdirSync('pages')
  .filter((name) => name.endsWith('.md') && !listed.has(`/${name.replace(/(index)?\.md$/, '')}`))
  .map((name) => {
    const [, title = name] = /^# (.+)$/m.exec(readFileSync(`pages/${name}`, 'utf8')) ?? [];
    return page(title, name.slice(0, -'.md'.length));
  });

export default defineConfig({
  title: 'sparta-action',
  description: 'AWS Lambda services from a pull request to production, by one GitHub Action.',
  srcDir: 'pages',
  base: process.env.SITE_BASE ?? '/',
  cleanUrls: true,
  ignoreDeadLinks: false,
  markdown: {
    anchor: { slugify },
    config(md) {
      // What stands in code is no expression of the page's.
      md.renderer.rules.code_inline = (tokens, index) =>
        `<code v-pre>${md.utils.escapeHtml(tokens[index]?.content ?? '')}</code>`;
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    socialLinks: [{ icon: 'github', link: process.env.SITE_SOURCE ?? 'https://github.com' }],
    sidebar: [...sidebar, ...(others.length > 0 ? [{ text: 'More', items: others }] : [])],
  },
});
