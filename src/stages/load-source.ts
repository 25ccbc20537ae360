import { relative } from 'node:path';
import { readAssembly } from '../assembly/store.ts';
import type { Assembly, SourceKind } from '../assembly/types.ts';
import { resolveInside, type Workspace } from '../build/workspace.ts';
import type { Log } from '../log.ts';
import { type Problem, ProblemError, problemLine } from '../problem.ts';
import type { DefinitionContext } from '../service/types.ts';
import type { StackDraft } from '../sources/draft.ts';
import { findSource } from '../sources/find.ts';
import type { LoadedService } from '../sources/service/load.ts';

/** What is asked for, as far as it concerns the source. */
export interface LoadRequest {
  readonly space: Workspace;
  /** Absolute. */
  readonly workingDirectory: string;
  readonly source: string | undefined;
  readonly stackName: string | undefined;
  /** What a stack is called that nothing names, for uses that need no name. */
  readonly fallbackName?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** See {@link file://../sources/template.ts}. */
  readonly ignoreMissing?: boolean;
}

/** A source that was read: built already, or with local files that are still to be packaged. */
export type Loaded =
  | { readonly kind: 'built'; readonly assembly: Assembly; readonly folder: string }
  | { readonly kind: 'service'; readonly loaded: LoadedService; readonly warnings: readonly string[] }
  | {
      readonly kind: 'drafts';
      readonly source: SourceKind;
      readonly drafts: readonly StackDraft[];
      readonly warnings: readonly string[];
    };

/**
 * Stage 1: finds and reads the source and checks it, all problems at once.
 *
 * @param definition asked for what a service definition is called with
 */
export async function loadSource(
  request: LoadRequest,
  definition: () => Promise<DefinitionContext>,
  log: Log,
): Promise<Loaded> {
  const { space, workingDirectory, parameters, tags } = request;
  const source = await findSource(workingDirectory, request.source && sourcePath(request));
  log.info(`Source: ${relative(space.root, source.path) || '.'} (${source.kind})`);
  if (source.kind === 'assembly') {
    const assembly = await readAssembly(source.path);
    return { kind: 'built', assembly: withInputs(assembly, request), folder: source.path };
  }
  if (source.kind === 'service') {
    const { loadService } = await import('../sources/service/load.ts');
    const loaded = await loadService(space, source.path, definition);
    warn(loaded.warnings, log);
    return { kind: 'service', loaded, warnings: loaded.warnings.map(problemLine) };
  }
  if (source.kind !== 'template') {
    throw new ProblemError({
      message: `${relative(space.root, source.path) || '.'} is a source of kind ${source.kind}, which this version does not build`,
      next: 'Set the input source to a template.',
    });
  }
  const { loadTemplate } = await import('../sources/template.ts');
  const { path } = source;
  const { stackName = request.fallbackName, ignoreMissing } = request;
  const { draft, warnings } = await loadTemplate(space, {
    path,
    stackName,
    parameters,
    tags,
    ...(ignoreMissing && { ignoreMissing }),
  });
  warn(warnings, log);
  return { kind: 'drafts', source: 'template', drafts: [draft], warnings: warnings.map(problemLine) };
}

/** The place is the annotation's own. */
function warn(warnings: readonly Problem[], log: Log): void {
  for (const { place, ...warning } of warnings) log.warning(problemLine(warning), place);
}

function sourcePath({ space, workingDirectory, source = '' }: LoadRequest): string {
  const resolved = resolveInside(space, workingDirectory, source, { file: 'input source' });
  if ('problem' in resolved) throw new ProblemError(resolved.problem);
  return resolved.path;
}

/** What this job gives comes on top of what the job that built it gave; that is how withheld parameters come back. */
function withInputs(assembly: Assembly, { stackName, parameters, tags }: LoadRequest): Assembly {
  const stacks = assembly.stacks.map((stack) => ({
    ...stack,
    parameters: { ...stack.parameters, ...parameters },
    tags: { ...stack.tags, ...tags },
    ...(stackName !== undefined && assembly.stacks.length === 1 && { id: stackName, stackName }),
  }));
  return { ...assembly, stacks };
}
