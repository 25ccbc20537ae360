import { expect, it } from '@jest/globals';
import { eventSources, generateEvent } from '../../src/local/events/index.ts';
import { eventProblems } from './http-api/event-schema.ts';

it.each(eventSources)('%s is the same every time, and its own copy', (source) => {
  const event = generateEvent(source);
  expect(event).toEqual(generateEvent(source));
  expect(event).not.toBe(generateEvent(source));
  expect(JSON.parse(JSON.stringify(event))).toEqual(event);
});

it.each([
  ['apigateway', '1.0'],
  ['http-api', '2.0'],
  ['function-url', '2.0'],
] as const)('%s is as the published types say', (source, version) => {
  expect(eventProblems(version, generateEvent(source))).toEqual([]);
});

it('merges what is given', () => {
  const event = generateEvent('sqs', { Records: [{ body: 'mine' }, { body: 'second' }] });
  expect(event).toMatchObject({ Records: [{ body: 'mine', eventSource: 'aws:sqs' }, { body: 'second' }] });
  expect(generateEvent('eventbridge', { detail: { id: 1, more: 2 } })).toMatchObject({
    detail: { id: 1, more: 2 },
    source: 'com.example.orders',
  });
});

it('suggests the source that was meant', () => {
  expect(() => generateEvent('s3-putt')).toThrow(
    'input event: there is no example event "s3-putt". Write s3-put if that is meant. There are: ',
  );
  expect(() => generateEvent('constructor')).toThrow(/there is no example event/);
});
