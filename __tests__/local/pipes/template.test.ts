/** Input templates of pipes, by the examples of the EventBridge user guide. */
import { expect, it } from '@jest/globals';
import { pipeInput, pipeText } from '../../../src/local/pipes/template.ts';

const pipe = {
  name: 'p',
  arn: 'arn:pipe',
  sourceArn: 'arn:source',
  target: { arn: 'arn:target', waits: true },
};
const event = {
  messageId: 'm',
  body: '{"id": 42, "tags": ["a"], "name": "x \\"y\\""}',
  attributes: { n: '1' },
};

/** Source: Amazon EventBridge User Guide, "Amazon EventBridge Pipes target parameters". */
it('parameters of targets may be paths into the event', () => {
  expect(pipeText('fixed', event)).toBe('fixed');
  expect(pipeText('$.messageId', event)).toBe('m');
  expect(pipeText('$.body.id', event)).toBe('42');
  expect(() => pipeText('$.body.none', event)).toThrow(/no \$\.body\.none/);
});

it.each([
  [undefined, event],
  ['{"id": <$.body.id>, "all": <$.body.tags>}', { id: 42, all: ['a'] }],
  ['{"text": "<$.messageId> of <aws.pipes.pipe-name>: <$.body.name>"}', { text: 'm of p: x "y"' }],
  ['{"first": <$.body.tags[0]>, "name": <$.body.name>}', { first: 'a', name: 'x "y"' }],
  ['{"body": <$.body>}', { body: event.body }],
  ['<aws.pipes.event.json>', event],
  ['"<$.attributes.n>"', '1'],
  ['plain <$.messageId>', 'plain "m"'],
])('%s', (template, expected) => {
  expect(pipeInput(template, event, pipe)).toEqual(expected);
});
