import type { StackRoles } from '../../assembly/types.ts';
import { readInside, type Workspace } from '../../packaging/workspace/workspace.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import type { TemplateDocument } from '../../template/document.ts';
import { parseTemplate } from '../../template/read/parse.ts';
import type { StackDraft } from '../draft.ts';
import { parametersFor } from '../parameters.ts';
import { readAssets, roleOf } from './assets.ts';
import { legacyAssets, metadataTags, readMetadata } from './legacy-assets.ts';
import { fileName, resolveInAssembly } from './read.ts';
import type { CdkStack } from './stacks.ts';
import { followTemplates } from './templates.ts';

interface ReadingStack {
  /** Values of parameters: `Name`, or `Stack:Name` for one stack only. */
  readonly given: Readonly<Record<string, string>>;
  readonly problems: Problem[];
}

/** Reads the template, the nested templates and the assets of a stack; what is wrong is added to the problems. */
export async function readStack(
  space: Workspace,
  stack: CdkStack,
  { given, problems }: ReadingStack,
): Promise<StackDraft | 'empty' | undefined> {
  const { properties, folder, file, environment } = stack;
  const templates = new Map<string, ReturnType<typeof readTemplate>>();
  const read = (written: string) => {
    const known = templates.get(written) ?? readTemplate(space, folder, written, file, problems);
    templates.set(written, known);
    return known;
  };
  const template = await read(properties.templateFile);
  if (!template || template === 'empty') return template;
  const metadata = await readMetadata(space, stack);
  const assets = await readAssets(space, stack, problems);
  const legacy = legacyAssets(space, stack, metadata, template.template, problems);

  const own = assets.files.find(({ destination: { bucket, key } }) => {
    return `s3://${bucket}/${key}` === properties.stackTemplateAssetObjectUrl;
  });
  const valuesOf = (document: TemplateDocument) => ({
    ...properties.parameters,
    ...parametersFor({ ...stack, template: document }, given),
  });
  const { nested, local, images } = await followTemplates(
    template,
    {
      files: assets.files.filter((file) => file !== own),
      images: [...assets.images, ...legacy.images],
      legacy: legacy.files,
    },
    { read, problems, valuesOf },
  );
  const roles = rolesOf(stack);
  const bootstrap = bootstrapOf(stack);
  const {
    notificationArns,
    terminationProtection,
    parameters = {},
    tags = metadataTags(metadata),
  } = properties;
  return {
    id: stack.id,
    stackName: stack.stackName,
    displayName: stack.displayName,
    template,
    nested,
    local: [...local, ...legacy.files],
    builds: [],
    images,
    parameters,
    tags,
    dependsOn: stack.dependsOn,
    environment,
    ...(roles && { roles }),
    ...(own && { templateDestination: own.destination }),
    ...(notificationArns && { notificationArns }),
    ...(terminationProtection !== undefined && { terminationProtection }),
    ...(bootstrap && { bootstrap }),
  };
}

/** `empty`: the application declares it and puts nothing in it. */
async function readTemplate(
  space: Workspace,
  folder: string,
  written: string,
  file: string,
  problems: Problem[],
): Promise<TemplateDocument | 'empty' | undefined> {
  const resolved = resolveInAssembly(space, folder, written, { file });
  if ('problem' in resolved) {
    problems.push(resolved.problem);
    return undefined;
  }
  const content = readInside(space, resolved.path);
  try {
    return parseTemplate(content, fileName(space, resolved.path));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (lacksResources(content.toString())) return 'empty';
    problems.push(...error.problems);
    return undefined;
  }
}

function lacksResources(text: string): boolean {
  try {
    return !Object.hasOwn(JSON.parse(text), 'Resources');
  } catch {
    return false;
  }
}

function rolesOf({ properties }: CdkStack): StackRoles | undefined {
  const deploy = roleOf(properties.assumeRoleArn, properties);
  const lookup = roleOf(properties.lookupRole?.arn, properties.lookupRole ?? {});
  const execution = properties.cloudFormationExecutionRoleArn;
  if (!deploy && !lookup && execution === undefined) return undefined;
  return {
    ...(deploy && { deploy }),
    ...(execution !== undefined && { execution }),
    ...(lookup && { lookup }),
  };
}

/** The highest version that the stack or one of its asset manifests asks for, and the parameter that tells what is there. */
function bootstrapOf({ properties, assetManifests }: CdkStack): StackDraft['bootstrap'] {
  const wanted = [properties, ...assetManifests].flatMap(
    ({ requiresBootstrapStackVersion: version, bootstrapStackVersionSsmParameter: ssmParameter }) =>
      version === undefined || ssmParameter === undefined ? [] : [{ version, ssmParameter }],
  );
  return wanted.toSorted((a, b) => b.version - a.version)[0];
}
