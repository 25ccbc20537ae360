import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QUEUE_DEFAULTS } from '../../../src/local/queues/attributes.ts';
import { serveService } from '../../../src/local/service/index.ts';
import { EMPTY_PLAN, type QueuePlan, type ServicePlan } from '../../../src/local/service/plan.ts';

export const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;

/** A queue as a template declares it. */
export const queuePlan = (name: string, more: Partial<QueuePlan> = {}): QueuePlan => ({
  ...QUEUE_DEFAULTS,
  name,
  arn: queueArn(name),
  fifo: name.endsWith('.fifo'),
  ...more,
});

/** A service at a port of its own, and what SDK clients need to reach it. */
export async function served(plan: Partial<ServicePlan>) {
  const folder = await mkdtemp(join(tmpdir(), 'clients-'));
  const warnings: string[] = [];
  const service = await serveService({
    functions: [],
    routes: [],
    plan: { ...EMPTY_PLAN, ...plan },
    port: 0,
    allowUnverifiedIam: false,
    host: {
      workDirectory: folder,
      runtimesDirectory: folder,
      output: () => undefined,
      warn: (message) => void warnings.push(message),
    },
  });
  return {
    url: service.url,
    warnings,
    queueUrl: (name: string): string => `${service.url}/123456789012/${name}`,
    settings: {
      endpoint: service.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    },
    async stop() {
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** `Code: message` of what a client was refused. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    (answer) => `nothing was refused: ${JSON.stringify(answer)}`,
    (error: Error) => `${error.name}: ${error.message}`,
  );
}
