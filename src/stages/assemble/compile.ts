import { join } from 'node:path';
import type { Log } from '../../log.ts';
import { forEachOf } from '../../order/for-each.ts';
import { AT_ONCE } from '../../order/limits.ts';
import type { Observer } from '../../packaging/inputs/observe.ts';
import { type Built, builder } from '../../packaging/toolchains/build.ts';
import type { BuildContext } from '../../packaging/toolchains/context.ts';
import { type Problem, ProblemError, problemLine } from '../../problem.ts';
import type { BuildAsset, LocalAsset, Unbuilt, Unpackaged } from '../../sources/draft.ts';

/** Builds; equal builds once. */
export type CodeBuilder = ReturnType<typeof builder>;

/** @param output `.sparta`, absolute */
export const newBuild = (output: string, context: BuildContext, observe: Observer): CodeBuilder =>
  builder(join(output, 'build'), context, observe);

export interface CompileOptions {
  readonly build: CodeBuilder;
  /** Receives the names of the parts of `.sparta` that results were taken from or put into. */
  readonly used: Set<string>;
}

/**
 * Stage 4: compiles what has to be compiled, equal builds once. What an earlier run compiled from the same inputs is
 * taken instead.
 *
 * @returns for each what is left to be packaged: builds are local folders now
 * @throws ProblemError with the messages of every compiler that failed, each an annotation on its file and line
 */
export async function compile(
  drafts: readonly Unbuilt[],
  { build, used }: CompileOptions,
  log: Log,
): Promise<readonly Unpackaged[]> {
  const problems: Problem[] = [];
  const told = new Set<string>();
  const compileOne = async (asset: BuildAsset): Promise<LocalAsset | undefined> => {
    try {
      const built = await build(asset.build);
      if (built.stored !== undefined) used.add(`build/${built.stored}`);
      if (!tellings.has(built)) tell(asset, built, log);
      tellings.add(built);
      const { build: made, ...wanted } = asset;
      return {
        ...wanted,
        path: built.path,
        packaging: 'archive',
        forLambda: asset.forLambda ?? true,
        ...(made.kind === 'go' && { program: { build: made, folder: built.path } }),
      };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      // Functions that share a build fail together, and are told of once.
      for (const problem of error.problems) {
        if (!told.has(problemLine(problem))) problems.push(withOwner(problem, asset));
        told.add(problemLine(problem));
      }
      return undefined;
    }
  };
  const builds = await forEachOf(
    drafts.flatMap((draft) => draft.builds.map((asset) => ({ draft, asset }))),
    AT_ONCE.builds,
    async ({ draft, asset }) => ({ draft, local: await compileOne(asset) }),
  );
  if (problems.length > 0) throw new ProblemError(problems);
  return drafts.map((draft) => {
    const made = builds.flatMap((each) => (each.draft === draft && each.local ? [each.local] : []));
    return { local: [...draft.local, ...made], images: draft.images };
  });
}

/** Builds that were told of: what one run has made, another one has from it. */
const tellings = new WeakSet<Built>();

/** A message that points to a file says where it belongs; any other has to. */
const withOwner = (problem: Problem, { owner }: BuildAsset): Problem =>
  problem.place || problem.subject ? problem : { ...problem, subject: owner };

function tell({ written }: BuildAsset, { from, took, warnings, because }: Built, log: Log): void {
  for (const warning of warnings) log.warning(problemLine({ ...warning, place: undefined }), warning.place);
  const seconds = `${(took / 1000).toFixed(1)} s`;
  if (from === 'toolchain') log.info(`${written}: compiled in ${seconds}, as ${because}`);
  if (from === 'reused') log.info(`${written}: unchanged since an earlier run, which saves ${seconds}`);
}
