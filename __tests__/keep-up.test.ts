/** The comparison behind `npm run keep-up`, against the models that are installed; the registries are asked nightly. */
import * as cloudFormation from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from '@jest/globals';
import { compare, readDecided } from '../scripts/keep-up/compare.ts';
import { TOPICS, type Topic } from '../scripts/keep-up/topics.ts';
import { models, newest } from './support/newest.ts';

const news = (topics: readonly Topic[], from = newest) => compare(from, topics, readDecided()).news;

it('says that nothing is new in the models that are installed', () => {
  expect(news(TOPICS)).toEqual([]);
});

describe('a row that is taken away', () => {
  it.each(TOPICS.map((topic) => [topic.name, topic] as const))('of %s is new, with its place', (_, topic) => {
    const rows = topic.of(newest).filter((name) => topic.known.has(name));
    expect(rows.length).toBeGreaterThan(0);
    for (const name of new Set(rows)) {
      const known = new Set([...topic.known].filter((each) => each !== name));
      expect(news([{ ...topic, known }])).toEqual([{ topic: topic.name, name, place: topic.place }]);
    }
  });
});

it('tells what AWS adds, and refuses packages in which nothing is found any more', () => {
  const values = [...Object.values(cloudFormation.StackStatus), 'PAUSED'];
  const status = { ...models.cloudFormation, StackStatus: { type: 'string', enum: values } };
  expect(news(TOPICS, { ...newest, cloudFormation: status })).toEqual([
    { topic: 'stack-status', name: 'PAUSED', place: 'src/aws/stack/stack-states.ts' },
  ]);
  expect(() => news(TOPICS, { ...newest, cloudFormation: {} })).toThrow(/stack-status: nothing is found/);
});

it('tells of decisions that are on nothing any more', () => {
  const decided = new Map([['runtime', new Set(['nodejs24.x', 'nodejs4.3-edge', 'cobol'])]]);
  const { stale } = compare(
    newest,
    TOPICS.filter(({ name }) => name === 'runtime'),
    decided,
  );
  expect(stale.map(({ name }) => name)).toEqual(['nodejs24.x', 'cobol']);
});
