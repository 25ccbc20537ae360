import { dirname, join } from 'node:path';
import type { Workspace } from '../../packaging/workspace/workspace.ts';
import type { Shape } from '../../parse/shape.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import { inOrder } from '../order.ts';
import {
  type Artifact,
  ASSET_MANIFEST,
  type AssemblyManifest,
  type AssetManifestProperties,
  MANIFEST,
  type MissingContext,
  NESTED_ASSEMBLY,
  type NestedAssemblyProperties,
  STACK,
  type StackProperties,
} from './manifest.ts';
import { fileName, readShaped, resolveInAssembly } from './read.ts';

/** A stack of a cloud assembly before its template and assets are read. */
export interface CdkStack {
  /** Made of its name; unique in the whole assembly. */
  readonly id: string;
  readonly stackName: string;
  /** Its construct path: what people call it. */
  readonly displayName: string;
  /** Whether it is in a stage, and not of the application itself. */
  readonly inStage: boolean;
  readonly dependsOn: readonly string[];
  readonly environment: { readonly account?: string; readonly region?: string };
  readonly properties: StackProperties;
  readonly assetManifests: readonly AssetManifestProperties[];
  readonly artifact: Artifact;
  /** Absolute path of the assembly's folder: all paths are relative to it. */
  readonly folder: string;
  /** The manifest, for people. */
  readonly file: string;
}

/** A stack as its manifest has it: `key` is unique in all nested assemblies. */
interface Found extends Omit<CdkStack, 'id'> {
  readonly key: string;
}

interface Reading {
  readonly space: Workspace;
  readonly problems: Problem[];
  readonly missing: MissingContext[];
}

/** Nested deeper, assemblies are taken to name one another in a circle. */
const MAX_NESTING = 10;

/**
 * All stacks of a cloud assembly and of the assemblies (stages) in it, each after those that it depends on.
 *
 * @param folder absolute path of `cdk.out`
 * @throws ProblemError with everything that is wrong with the manifests, and with every lookup that is missing
 */
export async function findStacks(space: Workspace, folder: string): Promise<readonly CdkStack[]> {
  const reading: Reading = { space, problems: [], missing: [] };
  const { stacks } = await readAssembly(reading, folder, []);
  if (reading.missing.length > 0) reading.problems.unshift(missingContext(space, folder, reading.missing));
  const named = withIds(stacks, reading.problems);
  const { ordered, circle } = inOrder(named);
  if (circle.length > 0) reading.problems.push(circular(circle));
  if (reading.problems.length > 0) throw new ProblemError(reading.problems);
  return ordered;
}

async function readAssembly(
  reading: Reading,
  folder: string,
  outer: readonly string[],
): Promise<{ readonly stacks: readonly Found[] }> {
  const { space, problems } = reading;
  const manifest = await readShaped<AssemblyManifest>(space, folder, 'manifest.json', MANIFEST);
  const file = fileName(space, join(folder, 'manifest.json'));
  reading.missing.push(...(manifest.missing ?? []));
  const artifacts = Object.entries(manifest.artifacts ?? {});
  const nested = new Map<string, readonly Found[]>();
  const keyOf = (id: string): string => [...outer, id].join('\n');
  const properties = <T>([id, { properties = {} }]: [string, Artifact], shape: Shape): T | undefined => {
    const wrong = shape(properties, `artifacts.${id}.properties`);
    problems.push(...wrong.map((message) => ({ message, place: { file }, next: 'Run cdk synth again.' })));
    return wrong.length > 0 ? undefined : (properties as T);
  };

  const assetManifests = new Map<string, AssetManifestProperties>();
  for (const each of artifacts) {
    const [id, { type }] = each;
    if (type === 'cdk:cloud-assembly') {
      const inner = properties<NestedAssemblyProperties>(each, NESTED_ASSEMBLY);
      if (inner) nested.set(id, await readNested(reading, folder, inner.directoryName, file, [...outer, id]));
    }
    const assets = type === 'cdk:asset-manifest' && properties<AssetManifestProperties>(each, ASSET_MANIFEST);
    if (assets) assetManifests.set(id, assets);
  }
  const ofType = (type: string) => artifacts.filter(([, artifact]) => artifact.type === type);
  const stackIds = new Set(ofType('aws:cloudformation:stack').map(([id]) => id));
  const stacks = ofType('aws:cloudformation:stack').flatMap((each): Found[] => {
    const [id, artifact] = each;
    const stack = properties<StackProperties>(each, STACK);
    const environment = environmentOf(artifact.environment, `artifacts.${id}`, file, problems);
    if (!stack || !environment) return [];
    const dependencies = artifact.dependencies ?? [];
    return [
      {
        key: keyOf(id),
        stackName: stack.stackName ?? id,
        displayName: artifact.displayName ?? id,
        inStage: outer.length > 0,
        dependsOn: dependencies.flatMap((other) =>
          stackIds.has(other) ? [keyOf(other)] : (nested.get(other) ?? []).map(({ key }) => key),
        ),
        environment,
        properties: stack,
        assetManifests: dependencies.flatMap((other) => assetManifests.get(other) ?? []),
        artifact,
        folder,
        file,
      },
    ];
  });
  return { stacks: [...stacks, ...[...nested.values()].flat()] };
}

async function readNested(
  reading: Reading,
  folder: string,
  directory: string,
  file: string,
  outer: readonly string[],
): Promise<readonly Found[]> {
  const resolved = resolveInAssembly(reading.space, folder, directory, { file });
  if ('problem' in resolved) {
    reading.problems.push(resolved.problem);
    return [];
  }
  if (outer.length > MAX_NESTING || resolved.path === folder || folder.startsWith(`${resolved.path}/`)) {
    const message = `the nested assembly ${JSON.stringify(directory)} holds itself`;
    reading.problems.push({ message, place: { file }, next: 'Run cdk synth again.' });
    return [];
  }
  return (await readAssembly(reading, resolved.path, outer)).stacks;
}

/** `unknown-account` and `unknown-region` are whatever the credentials and the region of the job are. */
function environmentOf(
  written: string | undefined,
  at: string,
  file: string,
  problems: Problem[],
): CdkStack['environment'] | undefined {
  const [, account, region] =
    /^aws:\/\/(\d{12}|unknown-account)\/([a-z]{2,}(?:-[a-z]+)+-\d+|unknown-region)$/.exec(
      written ?? 'aws://unknown-account/unknown-region',
    ) ?? [];
  if (account === undefined || region === undefined) {
    const message = `${at}: ${JSON.stringify(written)} is no environment`;
    problems.push({ message, place: { file }, next: 'It has to read aws://<account>/<region>.' });
    return undefined;
  }
  return {
    ...(account !== 'unknown-account' && { account }),
    ...(region !== 'unknown-region' && { region }),
  };
}

function missingContext(space: Workspace, folder: string, missing: readonly MissingContext[]): Problem {
  const keys = [...new Map(missing.map(({ key, provider }) => [key, provider])).entries()];
  return {
    message: `cdk synth could not look everything up, so the assembly is not complete: ${keys
      .map(([key, provider]) => `${provider} (${key})`)
      .join(', ')}`,
    place: { file: fileName(space, join(folder, 'manifest.json')) },
    next: 'Run cdk synth once with credentials for the account, and commit the cdk.context.json that it writes.',
  };
}

/** Stack names, with account and region where several stacks share one. They name folders, so they are checked. */
function withIds(stacks: readonly Found[], problems: Problem[]): readonly (CdkStack & { key: string })[] {
  const byName = Map.groupBy(stacks, ({ stackName }) => stackName);
  const named = stacks.map((stack) => {
    const { stackName, environment, file } = stack;
    if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(stackName)) {
      const message = `${JSON.stringify(stackName)} is no name for a stack`;
      problems.push({ message, place: { file }, next: 'Use letters, digits and hyphens.' });
    }
    const shared = (byName.get(stackName)?.length ?? 0) > 1;
    const where = [environment.account ?? 'account', environment.region ?? 'region'];
    return { ...stack, id: shared ? [stackName, ...where].join('.') : stackName };
  });
  for (const [id, same] of Map.groupBy(named, (stack) => stack.id)) {
    if (same.length < 2) continue;
    const names = same.map(({ displayName }) => displayName).join(', ');
    problems.push({
      subject: id,
      message: `${names} are one stack: they have the same name, account and region`,
      place: { file: same[0]?.file ?? dirname(id) },
      next: 'Give each a stackName of its own, or an env.',
    });
  }
  const ids = new Map(named.map(({ key, id }) => [key, id]));
  return named.map((stack) => ({
    ...stack,
    dependsOn: stack.dependsOn.flatMap((key) => ids.get(key) ?? []),
  }));
}

/** Stacks that wait for one another. */
const circular = (stacks: readonly { readonly displayName?: string; readonly id: string }[]): Problem => ({
  message: `these stacks depend on one another in a circle: ${stacks.map(({ displayName, id }) => displayName ?? id).join(', ')}`,
  next: 'Move what both need to a stack of its own.',
});
