import { cp } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileHash } from '../../hash/file-hash.ts';
import { builder } from '../../packaging/toolchains/build.ts';
import type { BuildContext } from '../../packaging/toolchains/context.ts';
import type { GoBuild } from '../../packaging/toolchains/spec.ts';
import { type Entry, walk } from '../../packaging/workspace/walk.ts';
import { resolveInside } from '../../packaging/workspace/workspace.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import type { AssetTarget, LocationForm } from '../../template/assets/targets.ts';
import { declaredParameters } from '../../template/parameters.ts';
import { isObject, type Resource, type Template, type TemplatePath } from '../../template/types.ts';
import type { LocalAsset, LocalImage, Unbuilt } from '../draft.ts';
import { ENTRY, isOurs, isSite, withoutLocations } from './adopt.ts';
import type { Application, Made } from './application.ts';
import { BUCKET, CODE_KEY, SITE_KEY } from './parameters.ts';
import { unpack } from './unpack.ts';

/** What an application brings along, besides its template. */
export interface Brought {
  readonly application: Application;
  readonly made: Made;
  readonly serviceName: string;
  /** Where it left its site, as its template says. */
  readonly site: string;
  /** `.sparta` of the application; absolute. */
  readonly folder: string;
  readonly tags: readonly string[];
  readonly ldflags: string;
  /** Relative to the application's folder; `undefined`: an archive is made. */
  readonly dockerfile: string | undefined;
}

/** Sparta's own name of the program. */
const BINARY = 'Sparta.lambda.amd64';

/**
 * What is uploaded: the program, with whatever hooks of the application put beside it or as an image, and the site.
 *
 * @param settled the template, with the names that its resources will have
 */
export async function artifacts(
  brought: Brought,
  settled: Template,
  context: BuildContext,
): Promise<Unbuilt> {
  const { made, serviceName, dockerfile } = brought;
  const functions = idsOf(settled, isOurs);
  const [owner] = functions;
  const local = await sites(brought, settled, context);
  if (owner === undefined) return { builds: [], images: [], local };
  if (made.cgo) throw new ProblemError(needsC(serviceName));
  const extra = await beside(brought, context);
  if (dockerfile !== undefined) {
    if (extra.length > 0) throw new ProblemError(noArchive(serviceName));
    return { builds: [], images: [await image(brought, dockerfile, functions, context)], local };
  }
  const targets = targetsOf(settled, functions, ['Code'], CODE, CODE_KEY);
  return {
    builds: [{ written: serviceName, owner, targets, extra, build: program(brought) }],
    images: [],
    local,
  };
}

const CODE: LocationForm = { kind: 'object', bucket: 'S3Bucket', key: 'S3Key' };
const SITE: LocationForm = { kind: 'object', bucket: 'SrcBucket', key: 'SrcKeyName' };

const idsOf = ({ Resources }: Template, is: (resource: Resource) => boolean): readonly string[] =>
  Object.entries(Resources).flatMap(([id, each]) => (isObject(each) && is(each as Resource) ? [id] : []));

/** Where a location is wanted: in resources, and in parameters that something else refers to. */
function targetsOf(
  settled: Template,
  owners: readonly string[],
  path: TemplatePath,
  form: LocationForm,
  key: string,
): AssetTarget[] {
  const left = declaredParameters(withoutLocations(settled));
  const parameters = Object.entries({ [BUCKET]: 'bucket', [key]: 'key' } as const).filter(([name]) =>
    Object.hasOwn(left, name),
  );
  return [
    ...owners.map((id) => property(id, path, form)),
    ...(parameters.length > 0
      ? [{ kind: 'parameter' as const, parameters: Object.fromEntries(parameters) }]
      : []),
  ];
}

const property = (id: string, path: TemplatePath, form: LocationForm): AssetTarget => ({
  kind: 'property',
  path: ['Resources', id, 'Properties', ...path],
  form,
});

/** The program, as it is deployed; the application's own build has run its generators. */
const program = ({ application, serviceName, tags, ldflags }: Brought): GoBuild => ({
  kind: 'go',
  directory: application.directory,
  architecture: 'x86_64',
  tags: ['linux', ...tags],
  // Programs of version 1 find out by it which of their functions is called.
  ldflags: [ldflags, `-X 'github.com/mweagle/Sparta.StampedServiceName=${serviceName}'`]
    .filter(Boolean)
    .join(' '),
  generate: false,
  environment: {},
});

/** What archive hooks of the application added. */
async function beside({ made, folder }: Brought, { space }: BuildContext): Promise<readonly Entry[]> {
  const archive = join(folder, `${made.file.replace(/-cftemplate\.json$/, '')}-code.zip`);
  const unpacked = join(folder, 'beside');
  return (await unpack(archive, unpacked, [BINARY, ENTRY])) ? walk(space, unpacked) : [];
}

/** Build arguments as Sparta gives them; the label that they make for it says nothing here. */
async function image(
  brought: Brought,
  dockerfile: string,
  functions: readonly string[],
  context: BuildContext,
): Promise<LocalImage> {
  const { application, serviceName, folder } = brought;
  const found = resolveInside(context.space, application.directory, dockerfile, { file: 'input dockerfile' });
  if ('problem' in found) throw new ProblemError(found.problem);
  const directory = dirname(found.path);
  const built = await builder(join(folder, 'build'), context)(program(brought));
  const binary = join(folder, BINARY);
  await cp(join(built.path, ENTRY), binary);
  return {
    written: serviceName,
    owner: functions[0] ?? '',
    targets: functions.map((id) => property(id, ['Code', 'ImageUri'], { kind: 'image-uri' })),
    build: {
      kind: 'image',
      directory,
      dockerfile: basename(found.path),
      architecture: 'x86_64',
      args: {
        SPARTA_BINARY: relative(directory, binary),
        SPARTA_BUILD_ID: await fileHash(binary),
        SPARTA_ECR_LABEL_NAME: 'io.sparta.ecr-name',
        AWS_ACCOUNT_ID: '000000000000',
        AWS_REGION: 'us-east-1',
      },
      labels: {},
    },
  };
}

async function sites(
  { application, made, serviceName, site, folder }: Brought,
  settled: Template,
  { space }: BuildContext,
): Promise<LocalAsset[]> {
  const builders = idsOf(settled, isSite);
  if (builders.length === 0) return [];
  const found = resolveInside(space, application.directory, site, { file: made.file });
  if ('problem' in found) throw new ProblemError(found.problem);
  const path = join(folder, 'site');
  await unpack(found.path, path, []);
  const targets = targetsOf(settled, builders, [], SITE, SITE_KEY);
  return [{ written: 'site', owner: serviceName, targets, path, packaging: 'archive', forLambda: false }];
}

const needsC = (serviceName: string): Problem => ({
  subject: serviceName,
  message:
    'the application is built with C libraries (useCGO), in a container, which cannot be done again here',
  next: 'Set the last argument of sparta.MainEx to false.',
});

const noArchive = (serviceName: string): Problem => ({
  subject: serviceName,
  message: 'archive hooks add files, but an image has no archive',
  next: 'Copy these files in the Dockerfile, or leave the input dockerfile out.',
});
