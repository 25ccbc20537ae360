import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkBuiltFor } from '../../assembly/check-built-for.ts';
import type { RenderedStack } from '../../assembly/render.ts';
import type { StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import type { EcrRegistry } from '../../aws/uploads/image-registry.ts';
import { ProblemError } from '../../problem.ts';
import type { StackReport } from '../../report/model.ts';
import type { TemplateDocument } from '../../template/document.ts';
import { assertionProblems } from '../../template/validate/assertions.ts';
import { lookupProblems } from '../../template/validate/lookups.ts';
import { folderOf, type Run, stageOf } from '../run.ts';
import { destinationOf } from '../upload/destination.ts';
import { registryOf } from '../upload/images.ts';
import { compare } from './compare.ts';
import { formerStack } from './former-stack.ts';
import { knownNow } from './known-templates.ts';
import { locate } from './locate.ts';
import { settingsOf, wayNotes } from './settings.ts';
import type { FoundStack, StackPlan } from './stack-plan.ts';

/** Stage 15: what a deployment would send, and what it would change. A preview and a deployment make the same plan. */
export async function planStack<Found extends FoundStack>(
  found: Found,
  purpose: 'preview' | 'deploy',
  run: Run,
): Promise<Found & StackPlan> {
  const { stack, aws } = found;
  const { inputs } = run;
  const { account, registry, destination, rendered } = await located(found, purpose, run);
  await checkValues(found, rendered, account);
  const compared = await compare(found, rendered, {
    ...(await formerStack(found, { destination, purpose }, run)),
    region: stack.environment?.region ?? aws?.region,
    stage: stageOf(run),
    settings: settingsOf(stack, inputs),
    way: wayNotes(inputs),
    account,
  });
  const { codeNotes } = await import('./code/code-notes.ts');
  const told = await codeNotes(stack, compared.diff);
  const unpinned = await callersOf(found, rendered, compared);
  const report = {
    ...compared,
    ...(told.length > 0 && { notes: [...(compared.notes ?? []), ...told] }),
    ...(unpinned.length > 0 && { unpinned }),
  };
  const template = writeTemplate(folderOf(run), stack, rendered);
  return { ...found, registry, destination, rendered, report, template };
}

/**
 * What CloudFormation would refuse the template for with the values that it will have: those that are given, those that the
 * stack keeps, and where it is.
 *
 * @throws ProblemError with all of it
 */
async function checkValues(
  { stack, aws, deployed }: FoundStack,
  rendered: RenderedStack,
  account: string | undefined,
): Promise<void> {
  const region = stack.environment?.region ?? aws?.region;
  const values = {
    ...(region !== undefined && { 'AWS::Region': region }),
    ...(aws && account && placeOf(stack, aws, account)),
    ...knownNow(rendered, deployed).known,
  };
  const problems = [
    ...lookupProblems(stack.template, values),
    ...(await unmade(stack.template, values)),
    ...assertionProblems(stack.template, values),
  ];
  if (problems.length > 0) throw new ProblemError(problems);
}

/** Without conditions, nothing is left out. */
async function unmade(document: TemplateDocument, values: Readonly<Record<string, string>>) {
  if (document.template.Conditions === undefined) return [];
  const { unmadeProblems } = await import('../../template/validate/unmade.ts');
  return unmadeProblems(document, values);
}

/** Few stacks have durable functions. */
async function callersOf(found: FoundStack, rendered: RenderedStack, report: StackReport) {
  if (!rendered.template.text.includes('DurableConfig')) return [];
  const { unpinnedNotes } = await import('./code/unpinned-notes.ts');
  return unpinnedNotes(found, rendered, report);
}

/** A stack with its locations filled in. */
export interface LocatedStack extends Pick<StackPlan, 'registry' | 'destination' | 'rendered'> {
  readonly account: string | undefined;
}

/**
 * What CloudFormation would get.
 *
 * @throws ProblemError when what was built is for other values
 */
export async function located(
  { stack, aws, deployed }: FoundStack,
  purpose: 'preview' | 'deploy',
  run: Run,
): Promise<LocatedStack> {
  const account = deployed.kind === 'unknown' ? undefined : (await aws?.identity())?.account;
  const registry = aws && account ? await registryFor(stack, { aws, purpose }, run) : undefined;
  const destination = destinationOf(stack.stackName, { inputs: run.inputs, aws, account, registry });
  const rendered = locate(stack, destination);
  const { known } = knownNow(rendered, deployed);
  checkBuiltFor(stack, { ...(aws && account && placeOf(stack, aws, account)), ...known });
  return { account, registry, destination, rendered };
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
function writeTemplate(output: string, stack: StackAssembly, { template }: RenderedStack): string {
  const folder = join(output, stack.id);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `deploy.${template.format}`);
  writeFileSync(path, template.text);
  return path;
}
