import { statSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { checkBuiltFor } from '../../assembly/check-built-for.ts';
import type { Assembly, SourceKind } from '../../assembly/types.ts';
import type { Log } from '../../log.ts';
import { once } from '../../order/once.ts';
import { keepYoungSpaceSmall, optimizeLittle } from '../../order/v8-flags.ts';
import { resolveInside } from '../../packaging/workspace/workspace.ts';
import { type Problem, ProblemError, problemLine } from '../../problem.ts';
import type { StackDraft } from '../../sources/draft.ts';
import { findSource } from '../../sources/find.ts';
import { parametersByStack } from '../../sources/parameters.ts';
import { selectStacks } from '../../sources/select.ts';
import type { LoadedService } from '../../sources/service/load.ts';
import { definitionContext, type Run, type SourceRequest } from '../run.ts';
import { refuseUntrusted } from '../trust.ts';
import { verifyRoles } from './verify-roles.ts';

/** A source that was read: built already, or with local files that are still to be packaged. */
export type Loaded =
  | { readonly kind: 'built'; readonly assembly: Assembly }
  | { readonly kind: 'service'; readonly loaded: LoadedService; readonly warnings: readonly string[] }
  | {
      readonly kind: 'drafts';
      readonly source: SourceKind;
      readonly drafts: readonly StackDraft[];
      readonly warnings: readonly string[];
    };

/** Bytes of a template whose preview is over before that pays which is done for longer ones. */
const SMALL = 2048;

/** What serves requests, and runs for long, asks no AWS; a preview goes on without it. */
const isPreview = ({ noop, aws, inputs, target }: Run): boolean =>
  noop && (aws !== undefined || (inputs.command === 'provision' && target === undefined));

/** Stage 1: finds and reads the source and checks it, all problems at once. */
export async function loadSource(run: Run, log: Log): Promise<Loaded> {
  const { inputs, source: request } = run;
  const { space, workingDirectory, parameters, tags } = request;
  const source = await findSource(space, workingDirectory, request.source && sourcePath(request));
  log.info(`Source: ${relative(space.root, source.path) || '.'} (${source.kind})`);
  if (isPreview(run) && !(source.kind === 'template' && statSync(source.path).size < SMALL)) optimizeLittle();
  if (inputs.dockerfile !== undefined && source.kind !== 'sparta') {
    throw new ProblemError({
      subject: 'input dockerfile',
      message: 'only an application that is built on Sparta is packaged by it',
      next: 'Leave it out: a service definition names the Dockerfile in build, a template in Metadata.',
    });
  }
  if (source.kind === 'assembly') {
    const { readAssembly } = await import('../../assembly/store.ts');
    const assembly = await readAssembly(source.path);
    const { stacks, alongside } = selectStacks(assembly.stacks, request.stacks ?? ['**']);
    logAlongside(
      alongside.map(({ id }) => id),
      log,
    );
    const meant = renamed(withInputs({ ...assembly, stacks }, request), request);
    for (const stack of meant.stacks) checkBuiltFor(stack, stack.parameters);
    return { kind: 'built', assembly: meant };
  }
  if (source.kind === 'cdk') {
    keepYoungSpaceSmall();
    return loadCdkSource(request, source.path, log);
  }
  if (source.kind === 'service') {
    // Its code, its hooks and its builds run with the rights of this job.
    await refuseUntrusted(request.trust, dirname(source.path), workingDirectory);
    const { loadService } = await import('../../sources/service/load.ts');
    const loaded = await loadService(
      space,
      source.path,
      once(() => definitionContext(run)),
    );
    warn(loaded.warnings, log);
    return { kind: 'service', loaded, warnings: loaded.warnings.map(problemLine) };
  }
  if (source.kind === 'sparta') {
    await refuseUntrusted(request.trust, source.path, workingDirectory);
    const { loadSparta } = await import('../../sources/sparta/index.ts');
    const { path } = source;
    const draft = await loadSparta(
      { ...run.context, space, log },
      {
        path,
        stackName: request.stackName,
        parameters,
        tags,
        buildTags: inputs.buildTags ?? [],
        ldflags: inputs.ldflags ?? '',
        dockerfile: inputs.dockerfile,
        verifyRoles: async (roles, each) => (roles.length > 0 ? verifyRoles(roles, run, each) : new Map()),
      },
    );
    return {
      kind: 'drafts',
      source: 'sparta',
      drafts: [...renamed({ stacks: [draft] }, request).stacks],
      warnings: [],
    };
  }
  const { loadTemplate } = await import(/* webpackMode: "eager" */ '../../sources/template.ts');
  const { path } = source;
  const { stackName: given = request.fallbackName, ignoreMissing, rename } = request;
  const stackName = given !== undefined && rename ? rename(given) : given;
  const { draft, warnings } = await loadTemplate(space, {
    path,
    stackName,
    parameters,
    tags,
    deployed: (name) => valuesThere(name, run),
    ...(ignoreMissing && { ignoreMissing }),
  });
  await refuseUntrustedBuilds([draft], request, dirname(path));
  warn(warnings, log);
  return { kind: 'drafts', source: 'template', drafts: [draft], warnings: warnings.map(problemLine) };
}

/**
 * The same source for another run, where that needs not be read again: a template that is built alike, whatever its
 * parameters and its stack are called.
 */
export function loadedFor(
  { source: request }: Run,
  first: Loaded,
  { source: former }: Run,
): Loaded | undefined {
  const [draft, ...others] = first.kind === 'drafts' && first.source === 'template' ? first.drafts : [];
  const { stackName, parameters, tags } = request;
  const isSame =
    request.workingDirectory === former.workingDirectory &&
    request.source === former.source &&
    request.rename === undefined;
  if (first.kind !== 'drafts' || !draft || others.length > 0 || !isSame || stackName === undefined)
    return undefined;
  if (draft.builtFor !== undefined || draft.builds.length + draft.images.length > 0) return undefined;
  const unused = Object.entries(draft.parameters).filter(([name]) => !Object.hasOwn(former.parameters, name));
  const own = { ...Object.fromEntries(unused), ...parameters };
  return { ...first, drafts: [{ ...draft, id: stackName, stackName, parameters: own, tags }] };
}

/**
 * Values that parameters have which are not given. A preview goes on without credentials, and takes what the template says.
 *
 * @throws ProblemError when AWS cannot be asked, unless in noop
 */
async function valuesThere(
  stackName: string,
  { aws, inputs, noop, host: { env, log, signal } }: Run,
): Promise<Readonly<Record<string, string>>> {
  const region = aws?.region ?? inputs.region ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION);
  const here: Readonly<Record<string, string>> = region ? { 'AWS::Region': region } : {};
  if (!aws || (noop && !(await aws.hasCredentials()))) return here;
  try {
    const { keptValues } = await import('../../aws/stack/stack.ts');
    return { ...here, ...(await keptValues(aws, stackName, signal)) };
  } catch (error) {
    if (!noop || !(error instanceof ProblemError)) throw error;
    log.info(`What is built depends on values of ${stackName}, which cannot be read: ${error.message}`);
    return here;
  }
}

/** What a Makefile, a toolchain or a Dockerfile does runs with the rights of this job; a template by itself is data. */
async function refuseUntrustedBuilds(
  drafts: readonly StackDraft[],
  { trust, workingDirectory }: SourceRequest,
  folder: string,
): Promise<void> {
  if (drafts.every(({ builds, images }) => builds.length + images.length === 0)) return;
  await refuseUntrusted(trust, folder, workingDirectory);
}

/** The place is the annotation's own. */
function warn(warnings: readonly Problem[], log: Log): void {
  for (const { place, ...warning } of warnings) log.warning(problemLine(warning), place);
}

async function loadCdkSource(request: SourceRequest, path: string, log: Log): Promise<Loaded> {
  const { space, stackName, stacks, parameters, tags } = request;
  if (stackName !== undefined) {
    throw new ProblemError({
      subject: 'input stack-name',
      message: 'a CDK application names its stacks itself',
      next: 'Leave it out; the input stacks selects among them.',
    });
  }
  const { loadCdk } = await import('../../sources/cdk/index.ts');
  const { drafts, warnings, alongside } = await loadCdk(space, { path, stacks, parameters, tags });
  await refuseUntrustedBuilds(drafts, request, path);
  logAlongside(alongside, log);
  warn(warnings, log);
  const { stacks: meant } = renamed({ stacks: drafts }, request);
  return { kind: 'drafts', source: 'cdk', drafts: meant, warnings: warnings.map(problemLine) };
}

function logAlongside(names: readonly string[], log: Log): void {
  if (names.length > 0) log.info(`Also, because others depend on them: ${names.join(', ')}`);
}

function sourcePath({ space, workingDirectory, source = '' }: SourceRequest): string {
  const resolved = resolveInside(space, workingDirectory, source, { file: 'input source' });
  if ('problem' in resolved) throw new ProblemError(resolved.problem);
  return resolved.path;
}

/** What this job gives comes on top of what the job that built it gave; that is how withheld parameters come back. */
function withInputs(assembly: Assembly, { stackName, parameters, tags }: SourceRequest): Assembly {
  const one = assembly.stacks.length === 1;
  const { given, problems } = parametersByStack(assembly.stacks, one ? {} : parameters);
  if (problems.length > 0) throw new ProblemError(problems);
  const stacks = assembly.stacks.map((stack) => ({
    ...stack,
    parameters: { ...stack.parameters, ...(one ? parameters : given.get(stack.id)) },
    tags: { ...stack.tags, ...tags },
    ...(stackName !== undefined && one && { id: stackName, stackName }),
  }));
  return { ...assembly, stacks };
}

/** Stacks under the names that they have in the environment of a pull request. */
const renamed = <
  All extends { readonly stacks: readonly Named[] },
  Named extends { readonly stackName: string },
>(
  all: All & { readonly stacks: readonly Named[] },
  { rename }: SourceRequest,
): All =>
  rename
    ? { ...all, stacks: all.stacks.map((stack) => ({ ...stack, stackName: rename(stack.stackName) })) }
    : all;
