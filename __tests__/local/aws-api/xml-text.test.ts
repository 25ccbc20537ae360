import { expect, it } from '@jest/globals';
import { queryAnswer as written } from '../../../src/local/aws-api/query.ts';
import { xmlUnescaped } from '../../../src/local/aws-api/xml-text.ts';
import { changesOf } from '../../../src/local/buckets/changes.ts';
import { queryAnswer as read } from '../../../src/local/state-machines/tasks/query-protocol.ts';

it('keeps line ends, which XML would make others', () => {
  const { body } = written(
    'ReceiveMessage',
    { Body: 'a\r\n<b>\t"&"' },
    { namespace: 'urn:x', asJson: false },
  );
  expect(body).toContain('<Body>a&#13;\n&#60;b&#62;\t&#34;&#38;&#34;</Body>');
});

it('reads what it writes, and what others write', () => {
  const value = 'a\r\n<b> "&amp;" \'c\'';
  const { body } = written('Publish', { MessageId: value }, { namespace: 'urn:x', asJson: false });
  expect(read(String(body), 'Publish', true).answer).toEqual({ MessageId: value });
  expect(xmlUnescaped('&lt;&#x0D;&#10;&quot;&other;')).toBe('<\r\n"&other;');
  const error =
    '<ErrorResponse><Error><Code>NotFound</Code><Message>no &#34;x&#34;</Message></Error></ErrorResponse>';
  expect(read(error, 'Publish', false).error).toEqual({ code: 'NotFound', message: 'no "x"' });
});

it('tells the keys of deleted objects as they are', () => {
  const [change] = changesOf({
    target: new URL('http://here/bucket?delete'),
    incoming: { method: 'POST', headers: {} },
    answer: { status: 200, headers: {} },
    body: '<Delete><Object><Key>a&#x0D;&amp;b</Key></Object></Delete>',
  } as unknown as Parameters<typeof changesOf>[0]);
  expect(change?.key).toBe('a\r&b');
});
