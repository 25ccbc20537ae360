/** Code that Lambda reads where it lies stays there; the emulator does not know of it, so replies are in the form of the API. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { updateFunctions } from '../../../src/aws/functions/update-code.ts';
import { codeLocation } from '../../../src/template/assets/code-location.ts';
import { connectTo, operation } from '../support.ts';

const hash = (digit: string): string => digit.repeat(64);
const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');

/** A function whose code is referenced; the update named `refused` fails. */
async function updated(refused: string | undefined) {
  const sent: { name: string; body: Record<string, unknown> }[] = [];
  const running = new Map<string, string>();
  const server = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const path = decodeURIComponent(incoming.url ?? '');
    const name = /functions\/(?:arn:[^/?]*:)?([^/?:]+)/.exec(path)?.[1] ?? '';
    outgoing.setHeader('content-type', 'application/json');
    if (incoming.method === 'PUT') {
      const input = JSON.parse(body) as Record<string, unknown>;
      sent.push({ name, body: input });
      const key = String(input.S3Key);
      if (name === refused) {
        outgoing.writeHead(400, { 'x-amzn-errortype': 'InvalidParameterValueException' });
        return outgoing.end('{"message":"no"}');
      }
      running.set(name, key);
      return outgoing.end('{}');
    }
    const sha = running.get(name) ?? hash('a');
    outgoing.end(
      JSON.stringify({
        Configuration: {
          FunctionName: name,
          FunctionArn: `arn:aws:lambda:us-east-1:1:function:${name}`,
          CodeSha256: base64(sha),
          RevisionId: sha,
        },
        Code: {
          Location: 'http://127.0.0.1:9/never',
          ResolvedS3Object: { S3Bucket: 'code', S3Key: sha, S3ObjectVersion: 'v1' },
        },
        Tags: {},
      }),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    const aws = await connectTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const code = {
      kind: 's3',
      bucket: 'code',
      key: hash('b'),
      sha256: hash('b'),
      byReference: true,
    } as const;
    const names = refused === undefined ? ['one'] : ['one', refused];
    const updates = names.map((functionName) => ({ logicalId: functionName, functionName, code }));
    return { result: await updateFunctions(aws, updates, operation()), sent };
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

it('is updated by reference', async () => {
  const { result, sent } = await updated(undefined);
  expect(result.kind).toBe('updated');
  expect(sent.map(({ body }) => body)).toEqual([
    expect.objectContaining({ S3Key: hash('b'), S3ObjectStorageMode: 'REFERENCE' }),
  ]);
});

it('is put back by reference, without being fetched', async () => {
  const { result, sent } = await updated('two');
  expect(result).toMatchObject({ kind: 'failed' });
  const back = sent.filter(({ name, body }) => name === 'one' && body.S3Key === hash('a'));
  const forward = sent.filter(({ name, body }) => name === 'one' && body.S3Key === hash('b'));
  expect(back).toHaveLength(forward.length);
  for (const { body } of [...back, ...forward]) {
    expect(body).toMatchObject({ S3ObjectStorageMode: 'REFERENCE' });
    expect(body).not.toHaveProperty('ZipFile');
  }
});

it('is read from templates', () => {
  const at = (Code: object) => codeLocation({ Properties: { Code } } as never, {});
  const place = { S3Bucket: 'code', S3Key: 'k' };
  expect(at({ ...place, S3ObjectStorageMode: 'REFERENCE' })).toMatchObject({ byReference: true });
  const CodeUri = { Bucket: 'code', Key: 'k', StorageMode: 'REFERENCE' };
  expect(codeLocation({ Properties: { CodeUri } }, {})).toMatchObject({ byReference: true });
  expect(at({ ...place, S3ObjectStorageMode: 'COPY' })).not.toHaveProperty('byReference');
});
