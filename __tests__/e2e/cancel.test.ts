import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

let aws: Emulator;
beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());

const template = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });

/** Passes everything on; before the first call that matches, it lets `first` happen. */
async function gate(match: RegExp, first: () => Promise<void> | void) {
  let open = false;
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', async () => {
      const body = Buffer.concat(chunks);
      if (!open && match.test(body.toString())) {
        open = true;
        await first();
      }
      const forward = httpRequest(
        new URL(incoming.url ?? '/', aws.endpoint),
        { method: incoming.method, headers: incoming.headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        },
      );
      forward.end(body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s before the change is executed leaves neither change set nor stack',
  async (signal) => {
    await aws.reset();
    let kill: (() => void) | undefined;
    const proxy = await gate(/Action=DescribeChangeSet/, () => kill?.());
    const workspace = await makeWorkspace({ 'template.json': template });
    const result = await runAction({
      workspace: workspace.path,
      inputs: { 'stack-name': 'demo' },
      env: { ...aws.env, AWS_ENDPOINT_URL: proxy.url },
      onStart: (child) => {
        kill = () => {
          child.kill(signal);
        };
      },
    });
    await workspace.remove();
    await proxy.stop();
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain(`${signal} received`);
    const client = new CloudFormationClient({
      region: 'us-east-1',
      endpoint: aws.endpoint,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const changeSets = client.send(new ListChangeSetsCommand({ StackName: 'demo' })).then(
      ({ Summaries = [] }) => Summaries.filter(({ ExecutionStatus }) => ExecutionStatus === 'AVAILABLE'),
      () => [],
    );
    expect(await changeSets).toEqual([]);
    await expect(client.send(new DescribeStacksCommand({ StackName: 'demo' }))).rejects.toThrow(
      'does not exist',
    );
    client.destroy();
  },
);
