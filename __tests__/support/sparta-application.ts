import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { type Emulator, startEmulator } from './emulator.ts';
import { exampleWorkspace } from './examples.ts';
import { type GitHubServer, pullRequestEvent, startGitHub } from './github-server.ts';
import { GO_SETTINGS } from './go.ts';
import { runAction, type StepResult } from './runner.ts';

type Options = Partial<Parameters<typeof runAction>[0]>;
type Workspace = Awaited<ReturnType<typeof exampleWorkspace>>;

export const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
export const ADA = { queryStringParameters: { name: 'Ada' } };

/** The example that is built on Sparta, in a workspace of its own for each test, with an emulator and GitHub beside it. */
export class SpartaApplication {
  aws!: Emulator;
  workspace!: Workspace;
  private github!: GitHubServer;

  step(inputs: Record<string, string> = {}, options: Options = {}): Promise<StepResult> {
    return runAction({
      workspace: this.workspace.path,
      inputs: { cache: 'false', ...inputs },
      ...options,
      env: { ...GO_SETTINGS, ...this.aws.env, ...options.env },
    });
  }

  preview(options: Options = {}): Promise<StepResult> {
    return this.step(
      { 'github-token': 'token-canary' },
      {
        event: pullRequestEvent(7, { headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40) }),
        ...options,
        env: { GITHUB_API_URL: this.github.url, ...options.env },
      },
    );
  }

  comment(): string {
    return this.github.comments.get(7)?.[0]?.body ?? '';
  }

  async template(path: string | undefined) {
    return JSON.parse(await readFile(path ?? '', 'utf8'));
  }

  /** What a deployed function answers. */
  async invoke(name: string, payload: unknown): Promise<unknown> {
    const client = new LambdaClient({ region: 'us-east-1', endpoint: this.aws.endpoint, credentials });
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(payload) }),
    );
    client.destroy();
    const text = Buffer.from(Payload ?? []).toString();
    expect(`${FunctionError ?? ''} ${text}`).toMatch(/^ /);
    return JSON.parse(text);
  }

  async change(file: string, from: string | RegExp, to: string): Promise<void> {
    const path = join(this.workspace.path, file);
    const text = await readFile(path, 'utf8');
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    await writeFile(path, changed);
  }

  async start(): Promise<void> {
    await this.aws.reset();
    this.github = await startGitHub();
    this.workspace = await exampleWorkspace('sparta-go');
  }

  async stop(): Promise<void> {
    await this.github.stop();
    await this.workspace.remove();
  }
}

/** Starts and stops it around the tests of a file. */
export function spartaApplication(): SpartaApplication {
  const app = new SpartaApplication();
  beforeAll(async () => {
    app.aws = await startEmulator();
  });
  afterAll(() => app.aws.stop());
  beforeEach(() => app.start());
  afterEach(() => app.stop());
  return app;
}
