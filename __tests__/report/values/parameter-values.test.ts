import { describe, expect, it } from '@jest/globals';
import { parameterValues } from '../../../src/report/values/parameter-values.ts';

describe('values of parameters that change', () => {
  const shown = (name: string, before: string, after: string) =>
    parameterValues([name], { [name]: before }, { [name]: after });

  it('are shown, the old one and the new one', () => {
    expect(shown('Stage', 'dev', 'prod')).toEqual({ Stage: { before: 'dev', after: 'prod' } });
    expect(shown('Prefix', '', 'a')).toEqual({ Prefix: { before: '', after: 'a' } });
    expect(parameterValues([], { A: '1' }, { A: '2' })).toEqual({});
  });

  it.each([
    ...[
      'DbPassword',
      'ClientSecret',
      'GITHUB_TOKEN',
      'ApiKey',
      'Credentials',
      'SlackWebhookUrl',
      'SentryDsn',
    ],
  ])('are not shown of %s, which should be NoEcho', (name) => {
    expect(shown(name, 'a', 'b')).toEqual({});
  });

  it.each(['KeyName', 'PartitionKey', 'Monkey', 'KmsKeyId'])('are shown of %s', (name) => {
    expect(shown(name, 'a', 'b')).toHaveProperty(name);
  });

  it.each(['postgres://user:word@host/db', '-----BEGIN PRIVATE KEY-----'])(
    'are not shown where one is a secret by its looks: %s',
    (value) => {
      expect(shown('Database', value, 'none')).toEqual({});
      expect(shown('Database', 'none', value)).toEqual({});
    },
  );

  it('are shown without accounts', () => {
    expect(
      shown('Topic', 'arn:aws:sns:eu-central-1:123456789012:a', 'arn:aws:sns:eu-central-1:123456789012:b'),
    ).toEqual({
      Topic: { before: 'arn:aws:sns:eu-central-1:****:a', after: 'arn:aws:sns:eu-central-1:****:b' },
    });
    expect(shown('Account', '123456789012', '210987654321')).toEqual({});
  });
});
