import type { NestedTemplate, StackRoles } from '../../assembly/types.ts';
import { readInside, resolveInside, type Workspace } from '../../packaging/workspace/workspace.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import type { TemplateDocument } from '../../template/document.ts';
import { parseTemplate } from '../../template/read/parse.ts';
import { validateTemplate } from '../../template/validate/index.ts';
import type { LocalAsset, LocalImage, StackDraft } from '../draft.ts';
import { architectureOf } from '../image.ts';
import { parametersFor } from '../parameters.ts';
import { localFile, type ManifestImage, readAssets, roleOf } from './assets.ts';
import { legacyAssets, metadataTags, readMetadata } from './legacy-assets.ts';
import { keptTarget, namedAssets } from './named-assets.ts';
import { fileName } from './read.ts';
import type { CdkStack } from './stacks.ts';
import { weakReferences } from './weak-references.ts';

/** A stack that is read, and the names of the stacks whose outputs it reads by itself. */
export interface ReadStack {
  readonly draft: StackDraft;
  readonly reads: readonly string[];
}

/** Nested deeper, templates are taken to name one another in a circle. */
const MAX_NESTING = 10;

/** Reads the template, the nested templates and the assets of a stack; what is wrong is added to the problems. */
export async function readStack(
  space: Workspace,
  stack: CdkStack,
  given: Readonly<Record<string, string>>,
  problems: Problem[],
): Promise<ReadStack | 'empty' | undefined> {
  const { properties, folder, file, environment } = stack;
  const read = (written: string) => readTemplate(space, folder, written, file, problems);
  const template = await read(properties.templateFile);
  if (!template || template === 'empty') return template;
  const metadata = await readMetadata(space, stack);
  const assets = await readAssets(space, stack, problems);
  const legacy = legacyAssets(space, stack, metadata, template.template, problems);

  const own = assets.files.find(({ destination: { bucket, key } }) => {
    return `s3://${bucket}/${key}` === properties.stackTemplateAssetObjectUrl;
  });
  const used = new Set(own ? [own] : []);
  const nested: NestedTemplate[] = [];
  const local: LocalAsset[] = [];
  const images: LocalImage[] = [];
  const image = (each: ManifestImage, document: TemplateDocument, id: string | undefined, found: Naming) => {
    try {
      const values = parametersFor({ ...stack, template: document }, given);
      images.push(localImage(each, document, { id, found, given: { ...properties.parameters, ...values } }));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
    }
  };
  const visit = async (document: TemplateDocument, id: string | undefined): Promise<void> => {
    problems.push(...validateTemplate(document));
    const { naming } = namedAssets(document.template);
    for (const each of assets.files) {
      const found = naming(each.destination.key);
      if (found.length === 0) continue;
      used.add(each);
      const [parent] = found.filter(({ isTemplate }) => isTemplate);
      if (!parent) {
        const targets = found.map(({ path }) => keptTarget(path, id));
        local.push(
          localFile(
            each,
            targets,
            found.some(({ forLambda }) => forLambda),
          ),
        );
        continue;
      }
      const childId = id === undefined ? parent.logicalId : `${id}/${parent.logicalId}`;
      const child = await read(each.path);
      if (!child || child === 'empty') continue;
      const targets = [keptTarget(parent.path, id)];
      nested.push({ id: childId, template: child, targets, destination: each.destination });
      if (childId.split('/').length > MAX_NESTING) {
        const next = 'Do they name one another?';
        problems.push({ subject: childId, message: `nested templates go deeper than ${MAX_NESTING}`, next });
      } else await visit(child, childId);
    }
    for (const each of [...assets.images, ...legacy.images]) {
      const found = naming(each.image.destination.tag);
      if (found.length > 0) image(each, document, id, found);
    }
  };
  await visit(template, undefined);
  // What no property names may be read by the code, or by a custom resource.
  for (const each of assets.files.filter((file) => !used.has(file))) local.push(localFile(each, [], false));
  const placed = new Set(images.map(({ destination }) => destination));
  for (const each of [...assets.images, ...legacy.images]) {
    if (!placed.has(each.image.destination)) image(each, template, undefined, []);
  }
  const roles = rolesOf(stack);
  const bootstrap = bootstrapOf(stack);
  const {
    notificationArns,
    terminationProtection,
    parameters = {},
    tags = metadataTags(metadata),
  } = properties;
  const draft: StackDraft = {
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
  return { draft, reads: weakReferences(template.template) };
}

/** `empty`: the application declares it and puts nothing in it. */
async function readTemplate(
  space: Workspace,
  folder: string,
  written: string,
  file: string,
  problems: Problem[],
): Promise<TemplateDocument | 'empty' | undefined> {
  const resolved = resolveInside(space, folder, written, { file });
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

/** The properties that name an image. */
type Naming = readonly { readonly path: readonly (string | number)[]; readonly logicalId: string }[];

function localImage(
  { image, build, architecture }: ManifestImage,
  document: TemplateDocument,
  {
    id,
    found,
    given,
  }: {
    readonly id: string | undefined;
    readonly found: Naming;
    readonly given: Readonly<Record<string, string>>;
  },
): LocalImage {
  const ofFunction = () => architectureOf(document, found[0]?.logicalId ?? '', given);
  return {
    ...image,
    targets: found.map(({ path }) => keptTarget(path, id)),
    build: { ...build, architecture: architecture ?? ofFunction() },
  };
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
