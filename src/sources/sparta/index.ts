import { join, relative } from 'node:path';
import type { Log } from '../../log.ts';
import type { BuildContext } from '../../packaging/toolchains/context.ts';
import { ProblemError } from '../../problem.ts';
import type { AssetTarget } from '../../template/assets/targets.ts';
import { parseTemplate } from '../../template/read/parse.ts';
import { isObject, type Template } from '../../template/types.ts';
import { validateTemplate } from '../../template/validate/index.ts';
import { templateDocument } from '../../template/write/from-value.ts';
import type { StackDraft } from '../draft.ts';
import { settle, withImages, withoutLocations, withParameters } from './adopt.ts';
import { type Application, findApplication, type Made, runApplication } from './application.ts';
import { artifacts } from './artifacts.ts';
import { serveRoles, withRoles } from './roles.ts';

export interface SpartaSource {
  /** The folder of the application's package `main`; absolute, inside of the workspace. */
  readonly path: string;
  /** By default what the application calls its service. */
  readonly stackName: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly buildTags: readonly string[];
  readonly ldflags: string;
  /** Relative to `path`: the program is packaged as an image. */
  readonly dockerfile: string | undefined;
  /** ARNs of roles that the application gives by name. */
  readonly verifyRoles: (roles: readonly string[], log: Log) => Promise<ReadonlyMap<string, string>>;
}

/**
 * Reads a Go application that is built on Sparta: its own build says what the service is, and its program is compiled
 * again, so that equal sources give equal bytes.
 *
 * @throws ProblemError with what the compiler, the application, or the check of its template says
 */
export async function loadSparta(context: BuildContext, source: SpartaSource): Promise<StackDraft> {
  const { space } = context;
  const application = await findApplication(context, source.path);
  const { made, template } = await build(application, source, context);
  const folder = join(source.path, '.sparta');
  const lifted = application.major >= 3 ? template : withParameters(template);
  const file = relative(space.root, join(folder, made.file));
  const isImage = source.dockerfile !== undefined;
  const settled = (codeHash: string) => settle(isImage ? withImages(lifted) : lifted, codeHash);
  const document = (codeHash: string) => templateDocument(withoutLocations(settled(codeHash)), file);
  const problems = validateTemplate(document(''));
  if (problems.length > 0) throw new ProblemError(problems);

  const serviceName =
    textOf(lifted, 'ServiceName') ?? made.serviceName ?? made.file.replace(/-cftemplate\.json$/, '');
  const stackName = source.stackName ?? serviceName;
  const { buildTags: tags, ldflags, dockerfile } = source;
  const site = textOf(lifted, 'S3SiteArtifactPath') ?? join('.sparta', `${serviceName}-S3Site.zip`);
  const brought = { application, made, serviceName, site, folder, tags, ldflags, dockerfile };
  return {
    id: stackName,
    stackName,
    template: document(''),
    nested: [],
    ...(await artifacts(brought, settled(''), context)),
    parameters: source.parameters,
    tags: source.tags,
    dependsOn: [],
    complete: (assets) => {
      const code = assets.find(({ targets }) => targets.some(isCode));
      return document(code?.hash ?? '');
    },
  };
}

const isCode = (target: AssetTarget): boolean => target.kind === 'property' && target.path[3] === 'Code';

/** Sparta looks up roles that are given by name in AWS; where it cannot, that is done for it. */
async function build(application: Application, source: SpartaSource, context: BuildContext) {
  const { buildTags: tags, ldflags } = source;
  const parsed = (made: Made): Template =>
    parseTemplate(
      Buffer.from(made.text),
      relative(context.space.root, join(source.path, '.sparta', made.file)),
    ).template;
  try {
    const made = await runApplication(application, { tags, ldflags }, context);
    return { made, template: parsed(made) };
  } catch (error) {
    if (!(error instanceof ProblemError) || !/\bGetRole\b/.test(error.message) || application.major < 3)
      throw error;
  }
  const roles = await serveRoles(application, join(source.path, '.sparta', 'roles'), context);
  try {
    const { environment } = roles;
    const made = await runApplication(application, { tags, ldflags, environment }, context);
    const arns = await source.verifyRoles([...roles.asked].sort(), context.log);
    return { made, template: withRoles(parsed(made), arns) };
  } finally {
    roles.close();
  }
}

function textOf({ Metadata }: Template, key: string): string | undefined {
  const found = isObject(Metadata) ? Metadata[key] : undefined;
  return typeof found === 'string' && found !== '' ? found : undefined;
}
