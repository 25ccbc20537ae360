import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkBuiltFor } from '../../assembly/check-built-for.ts';
import type { RenderedStack } from '../../assembly/render.ts';
import type { StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import type { EcrRegistry } from '../../aws/uploads/image-registry.ts';
import { type Run, stageOf } from '../run.ts';
import { destinationOf } from '../upload/destination.ts';
import { registryOf } from '../upload/images.ts';
import { compare } from './compare.ts';
import { formerStack } from './former-stack.ts';
import { knownNow } from './known-templates.ts';
import { locate } from './locate.ts';
import { settingsOf } from './settings.ts';
import type { FoundStack, StackPlan } from './stack-plan.ts';

/** Stage 15: what a deployment would send, and what it would change. A preview and a deployment make the same plan. */
export async function planStack<Found extends FoundStack>(
  found: Found,
  purpose: 'preview' | 'deploy',
  run: Run,
): Promise<Found & StackPlan> {
  const { stack, aws, deployed } = found;
  const account = deployed.kind === 'unknown' ? undefined : (await aws?.identity())?.account;
  const registry = aws && account ? await registryFor(stack, { aws, purpose }, run) : undefined;
  const { inputs } = run;
  const destination = destinationOf(stack.stackName, { inputs, aws, account, registry });
  const rendered = locate(stack, destination);
  const { known } = knownNow(rendered, deployed);
  checkBuiltFor(stack, { ...(aws && account && placeOf(stack, aws, account)), ...known });
  const report = await compare(found, rendered, {
    ...(await formerStack(found, { destination, purpose }, run)),
    region: stack.environment?.region ?? aws?.region,
    stage: stageOf(run),
    settings: settingsOf(stack, inputs),
    account,
  });
  const template = await writeTemplate(run.output, stack, rendered);
  return { ...found, registry, destination, rendered, report, template };
}

/** Pseudo parameters, also of a stack that is not there yet. */
const placeOf = ({ stackName }: StackAssembly, { region }: Aws, account: string) => ({
  'AWS::Region': region,
  'AWS::AccountId': account,
  'AWS::StackName': stackName,
});

/** A preview goes on without the registry: only what images are called depends on it. */
async function registryFor(
  stack: StackAssembly,
  { aws, purpose }: { readonly aws: Aws; readonly purpose: 'preview' | 'deploy' },
  { host: { signal } }: Run,
): Promise<EcrRegistry | undefined> {
  const registry = registryOf(aws, stack, signal);
  return purpose === 'preview' ? registry.catch(() => undefined) : registry;
}

/** Keeps the template as it would be sent. */
async function writeTemplate(
  output: string,
  stack: StackAssembly,
  { template }: RenderedStack,
): Promise<string> {
  const folder = join(output, stack.id);
  await mkdir(folder, { recursive: true });
  const path = join(folder, `deploy.${template.format}`);
  await writeFile(path, template.text);
  return path;
}
