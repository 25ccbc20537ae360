/**
 * `npm run keep-up`: whether AWS, SAM and CDK have something that our tables do not know. The newest service models, resource
 * schemas and schemas of assemblies are read from the registries, so it needs the network and is no part of `npm test`.
 *
 * What is new has to be decided by somebody: a row in the place that is named, or a line in scripts/keep-up/decided.txt with
 * the reason why not.
 */
import { review } from './doors/decisions.ts';
import { compare, type News, readDecided } from './keep-up/compare.ts';
import { newest } from './keep-up/newest.ts';
import { TOPICS } from './keep-up/topics.ts';

const found = await newest();
const { news, stale } = compare(found, TOPICS, readDecided());
const doors = review({ version: '', types: found.types }).undecided.map(
  ({ type, path }): News => ({ topic: 'door', name: `${type} ${path}`, place: 'src/template/iam/data' }),
);
console.log(`Compared with ${found.versions.join(', ')}`);
report('New', [...news, ...doors]);
report('Decided, but known by now, or gone', stale);
if (news.length + doors.length + stale.length === 0) console.log('Nothing is new.');

function report(title: string, all: readonly News[]): void {
  if (all.length === 0) return;
  console.error(
    `\n${title}:\n${all.map(({ topic, name, place }) => `  ${topic} ${name} → ${place}`).join('\n')}`,
  );
  process.exitCode = 1;
}
