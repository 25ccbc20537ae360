import { join, relative } from 'node:path';
import type { AssetTarget, LocationForm } from '../../assembly/types.ts';
import type { BuildContext } from '../../build/context.ts';
import { type Entry, walk } from '../../build/walk.ts';
import { resolveInside } from '../../build/workspace.ts';
import type { Log } from '../../log.ts';
import { ProblemError } from '../../problem.ts';
import { templateDocument } from '../../template/from-value.ts';
import { declaredParameters } from '../../template/parameters.ts';
import { parseTemplate } from '../../template/parse.ts';
import { isObject, type Resource, type Template, type TemplatePath } from '../../template/types.ts';
import { validateTemplate } from '../../template/validate.ts';
import type { BuildAsset, LocalAsset, StackDraft } from '../draft.ts';
import { ENTRY, isOurs, isSite, settle, withoutLocations, withParameters } from './adopt.ts';
import { type Application, findApplication, type Made, runApplication } from './application.ts';
import { BUCKET, CODE_KEY, SITE_KEY } from './parameters.ts';
import { serveRoles, withRoles } from './roles.ts';
import { unpack } from './unpack.ts';

export interface SpartaSource {
  /** The folder of the application's package `main`; absolute, inside of the workspace. */
  readonly path: string;
  /** By default what the application calls its service. */
  readonly stackName: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly buildTags: readonly string[];
  readonly ldflags: string;
  /** ARNs of roles that the application gives by name. */
  readonly verifyRoles: (roles: readonly string[], log: Log) => Promise<ReadonlyMap<string, string>>;
}

/** Sparta's own name of the program in the archive. */
const BINARY = 'Sparta.lambda.amd64';

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
  const document = (codeHash: string) => templateDocument(withoutLocations(settle(lifted, codeHash)), file);
  const problems = validateTemplate(document(''));
  if (problems.length > 0) throw new ProblemError(problems);

  const serviceName =
    textOf(lifted, 'ServiceName') ?? made.serviceName ?? made.file.replace(/-cftemplate\.json$/, '');
  const stackName = source.stackName ?? serviceName;
  const { builds, local } = await artifacts(
    application,
    source,
    lifted,
    { made, serviceName, folder },
    context,
  );
  return {
    id: stackName,
    stackName,
    template: document(''),
    nested: [],
    builds,
    local,
    images: [],
    parameters: source.parameters,
    tags: source.tags,
    dependsOn: [],
    complete: (assets) => {
      const code = assets.find(({ targets }) => targets.some(isCode));
      return document(code?.hash ?? '');
    },
  };
}

const isCode = (target: AssetTarget): boolean => target.kind === 'property' && target.path.at(-1) === 'Code';

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

interface Output {
  readonly made: Made;
  readonly serviceName: string;
  /** `.sparta` of the application. */
  readonly folder: string;
}

/** What is uploaded: the program with whatever hooks of the application put beside it, and the site. */
async function artifacts(
  { directory }: Application,
  { buildTags: tags, ldflags }: SpartaSource,
  template: Template,
  { made, serviceName, folder }: Output,
  { space }: BuildContext,
): Promise<{ readonly builds: readonly BuildAsset[]; readonly local: readonly LocalAsset[] }> {
  const settled = settle(template, '');
  const left = declaredParameters(withoutLocations(settled));
  /** Where it is wanted: in resources, and in parameters that something else refers to. */
  const at = (
    owners: readonly string[],
    path: TemplatePath,
    form: LocationForm,
    key: string,
  ): AssetTarget[] => {
    const parameters = Object.entries({ [BUCKET]: 'bucket', [key]: 'key' } as const).filter(([name]) =>
      Object.hasOwn(left, name),
    );
    return [
      ...owners.map(
        (id): AssetTarget => ({ kind: 'property', path: ['Resources', id, 'Properties', ...path], form }),
      ),
      ...(parameters.length > 0
        ? [{ kind: 'parameter' as const, parameters: Object.fromEntries(parameters) }]
        : []),
    ];
  };
  const owners = (is: (resource: Resource) => boolean) =>
    Object.entries(settled.Resources).flatMap(([id, each]) =>
      isObject(each) && is(each as Resource) ? [id] : [],
    );
  const builds: BuildAsset[] = [];
  const local: LocalAsset[] = [];
  const functions = owners(isOurs);
  const archive = join(folder, `${made.file.replace(/-cftemplate\.json$/, '')}-code.zip`);
  const [owner] = functions;
  if (owner !== undefined) {
    if (made.cgo) throw new ProblemError(needsC(serviceName));
    const beside = join(folder, 'beside');
    const extra: readonly Entry[] = (await unpack(archive, beside, [BINARY, ENTRY]))
      ? walk(space, beside)
      : [];
    builds.push({
      written: serviceName,
      owner,
      targets: at(functions, ['Code'], { kind: 'object', bucket: 'S3Bucket', key: 'S3Key' }, CODE_KEY),
      extra,
      build: {
        kind: 'go',
        directory,
        architecture: 'x86_64',
        tags: ['linux', ...tags],
        // Programs of version 1 find out by it which of their functions is called.
        ldflags: [ldflags, `-X 'github.com/mweagle/Sparta.StampedServiceName=${serviceName}'`]
          .filter(Boolean)
          .join(' '),
        // The application has done so.
        generate: false,
        environment: {},
      },
    });
  }
  const sites = owners(isSite);
  if (sites.length > 0) {
    const written = textOf(template, 'S3SiteArtifactPath') ?? join('.sparta', `${serviceName}-S3Site.zip`);
    const site = resolveInside(space, directory, written, { file: made.file });
    if ('problem' in site) throw new ProblemError(site.problem);
    const path = join(folder, 'site');
    await unpack(site.path, path, []);
    local.push({
      written: 'site',
      owner: serviceName,
      targets: at(sites, [], { kind: 'object', bucket: 'SrcBucket', key: 'SrcKeyName' }, SITE_KEY),
      path,
      packaging: 'archive',
      forLambda: false,
    });
  }
  return { builds, local };
}

const needsC = (serviceName: string) => ({
  subject: serviceName,
  message:
    'the application is built with C libraries (useCGO), in a container, which cannot be done again here',
  next: 'Set the last argument of sparta.MainEx to false.',
});

function textOf({ Metadata }: Template, key: string): string | undefined {
  const found = isObject(Metadata) ? Metadata[key] : undefined;
  return typeof found === 'string' && found !== '' ? found : undefined;
}
