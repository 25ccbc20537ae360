import { canonicalJson, sha256 } from '../../hash/canonical.ts';
import { DEFAULT_RUNTIMES } from '../../runtimes.ts';
import { versionHash } from '../../template/assets/lambda-version.ts';
import { references } from '../../template/references.ts';
import {
  isObject,
  type Json,
  type JsonObject,
  own,
  type Resource,
  type Template,
} from '../../template/types.ts';
import { BUCKET, CODE_KEY, CODE_VERSION, PLACEHOLDER_BUCKET, SITE_KEY, SITE_VERSION } from './parameters.ts';

/** The file that the runtime starts. */
export const ENTRY = 'bootstrap';

/** A template of Sparta 1 in the form of Sparta 3: what it says of the places of archives becomes parameters. */
export function withParameters(template: Template): Template {
  const values = new Map([[PLACEHOLDER_BUCKET, BUCKET]]);
  for (const { Properties } of resourcesOf(template)) {
    if (!isObject(Properties)) continue;
    const { Code, SrcBucket, SrcKeyName } = Properties;
    if (isObject(Code) && Code.S3Bucket === PLACEHOLDER_BUCKET && typeof Code.S3Key === 'string')
      values.set(Code.S3Key, CODE_KEY);
    if (SrcBucket === PLACEHOLDER_BUCKET && typeof SrcKeyName === 'string') values.set(SrcKeyName, SITE_KEY);
  }
  const { Resources, ...rest } = template;
  const replaced = replaceText(Resources, (text) => {
    const parameter = values.get(text);
    return parameter === undefined ? undefined : { Ref: parameter };
  }) as Template['Resources'];
  const used = [...references(replaced)].map(({ name }) => name);
  const declared = [...new Set(values.values())].filter((name) => used.includes(name));
  const Parameters = Object.fromEntries(declared.map((name) => [name, { Type: 'String' }]));
  return {
    ...rest,
    Parameters: { ...(isObject(rest.Parameters) && rest.Parameters), ...Parameters },
    Resources: replaced,
  };
}

/**
 * The template that Sparta makes, with the faults mended that keep it from being deployed today, and without everything
 * that changes although the application does not. docs/sparta-go.md lists each of these.
 *
 * @param codeHash of the archive of the application
 */
export function settle(template: Template, codeHash: string): Template {
  const steps: readonly ((template: Template) => Template)[] = [
    withoutBuildMachine,
    withoutBuild,
    (each) => mapResources(each, withSortedDependencies),
    (each) => mapResources(each, onCurrentRuntime),
    (each) => mapResources(each, withPublicSite),
    withSettledStages,
    (each) => withStableIds(each, codeHash),
    // Other names have another order.
    (each) => mapResources(each, withSortedDependencies),
  ];
  return steps.reduce((made, step) => step(made), template);
}

/**
 * Locations of archives are written where they are needed, not passed by parameters, so that a diff shows them as code.
 */
export const withoutLocations = (settled: Template): Template =>
  withoutIdleParameters(mapResources(settled, withoutLocation));

/** Paths on the machine that built it, and names of what was not made. */
function withoutBuildMachine({ Metadata, ...template }: Template): Template {
  if (!isObject(Metadata)) return template as Template;
  const { ArtifactS3Bucket: _b, CodeArchivePath: _c, S3SiteArtifactPath: _s, ECRTag: _e, ...kept } = Metadata;
  return { ...template, ...(Object.keys(kept).length > 0 && { Metadata: kept }) } as Template;
}

/** Outputs that differ on every build: the build's id is the commit by default, or random where there is none. */
function withoutBuild({ Outputs, ...template }: Template): Template {
  if (!isObject(Outputs)) return template as Template;
  const { TemplateCreationTime: _t, BuildID: _b, ...kept } = Outputs;
  return { ...template, ...(Object.keys(kept).length > 0 && { Outputs: kept }) } as Template;
}

/** Lists that Sparta makes of Go's maps have another order each time; and some resources wait for themselves. */
function withSortedDependencies(resource: Resource, id?: string): Resource {
  const { DependsOn } = resource;
  if (!Array.isArray(DependsOn)) return resource;
  const others = [...new Set(DependsOn.filter((other) => other !== id))];
  return { ...resource, DependsOn: others.sort((a, b) => (String(a) < String(b) ? -1 : 1)) };
}

/** Lambda runs `go1.x` no more: a program that speaks to the Runtime API by itself is what takes its place. */
function onCurrentRuntime(resource: Resource): Resource {
  const { Properties } = resource;
  if (!isObject(Properties) || !isOurs(resource) || Properties.Runtime !== 'go1.x') return resource;
  return { ...resource, Properties: { ...Properties, Runtime: DEFAULT_RUNTIMES.go, Handler: ENTRY } };
}

function withoutLocation(resource: Resource): Resource {
  const { Properties } = resource;
  if (!isObject(Properties)) return resource;
  if (isOurs(resource)) return { ...resource, Properties: { ...Properties, Code: {} } };
  if (!isSite(resource)) return resource;
  const { SrcBucket: _b, SrcKeyName: _k, ...kept } = Properties;
  return { ...resource, Properties: kept };
}

/** Functions as Sparta makes them of a Dockerfile: what is started is said there. */
export const withImages = (template: Template): Template =>
  mapResources(template, (resource) => {
    if (!isOurs(resource) || !isObject(resource.Properties)) return resource;
    const { Runtime: _r, Handler: _h, ...kept } = resource.Properties;
    return { ...resource, Properties: { ...kept, PackageType: 'Image' } };
  });

/** S3 takes no public access list any more, and blocks public policies unless it is told otherwise. */
function withPublicSite(resource: Resource): Resource {
  const { Type, Properties } = resource;
  if (Type !== 'AWS::S3::Bucket' || !isObject(Properties) || Properties.AccessControl !== 'PublicRead')
    return resource;
  const { AccessControl: _, ...kept } = Properties;
  const access = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: false,
  };
  return { ...resource, Properties: { ...kept, PublicAccessBlockConfiguration: access } };
}

const OURS = [BUCKET, CODE_KEY, CODE_VERSION, SITE_KEY, SITE_VERSION];

/** Parameters of Sparta's that nothing refers to now. */
function withoutIdleParameters(template: Template): Template {
  const { Parameters, ...rest } = template;
  if (!isObject(Parameters)) return template;
  const used = new Set([...references(rest)].map(({ name }) => name));
  const kept = Object.entries(Parameters).filter(([name]) => !OURS.includes(name) || used.has(name));
  return { ...template, Parameters: Object.fromEntries(kept) };
}

const DEPLOYMENTS = {
  'AWS::ApiGateway::Deployment': { api: 'RestApiId', family: 'AWS::ApiGateway::' },
  'AWS::ApiGatewayV2::Deployment': { api: 'ApiId', family: 'AWS::ApiGatewayV2::' },
} as const;

/** Settings of a deployment that Sparta writes only where the stage exists already, or only where it does not. */
const PASSING_DESCRIPTION = 'Deployment';

/**
 * CloudFormation refuses the settings of a stage in a second deployment, which has a logical ID of its own: they become
 * a stage resource.
 */
function withSettledStages(template: Template): Template {
  const stages: Record<string, JsonObject> = {};
  const made = mapResources(template, (resource, id) => {
    if (resource.Type !== 'AWS::ApiGateway::Deployment' || !isObject(resource.Properties)) return resource;
    const { StageDescription, StageName, Description, ...properties } = resource.Properties;
    const kept: JsonObject =
      Description === undefined || Description === PASSING_DESCRIPTION
        ? properties
        : { ...properties, Description };
    const settings = isObject(StageDescription) ? StageDescription : {};
    if (StageName === undefined) return { ...resource, Properties: kept };
    if (Object.keys(settings).length === 0) return { ...resource, Properties: { ...kept, StageName } };
    stages[`${id.replace(SUFFIX, '')}Stage`] = {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { ...properties, DeploymentId: { Ref: id }, StageName, ...settings },
    };
    return { ...resource, Properties: kept };
  });
  return { ...made, Resources: { ...made.Resources, ...stages } };
}

/** Sparta ends the names of resources in a SHA-1 hash in hex. */
const SUFFIX = /[0-9a-f]{40}$/;

/** Names that Sparta makes of the time, of chance or of the commit follow the content instead. */
function withStableIds(template: Template, codeHash: string): Template {
  const renamed = new Map<string, string>();
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (!isObject(resource) || !SUFFIX.test(id)) continue;
    const content = contentOf(template, resource as Resource, codeHash);
    if (content !== undefined) renamed.set(id, id.replace(SUFFIX, sha256(content).slice(0, 40)));
  }
  if (renamed.size === 0) return template;
  // The hashes make the names long enough to be found wherever they are written, in `Fn::Sub` and in discovery data too.
  let text = JSON.stringify(template);
  for (const [before, after] of renamed) text = text.replaceAll(before, after);
  return JSON.parse(text) as Template;
}

/** What the name of a resource follows; `undefined` where Sparta's own name is as stable as it should be. */
function contentOf(template: Template, { Type, Properties }: Resource, codeHash: string): string | undefined {
  if (!isObject(Properties)) return undefined;
  const deployment = own<{ readonly api: string; readonly family: string }>(DEPLOYMENTS, Type);
  if (deployment) {
    const api = canonicalJson(Properties[deployment.api]);
    const parts = Object.entries(template.Resources).filter(([id, each]) => {
      if (!isObject(each) || typeof each.Type !== 'string' || !each.Type.startsWith(deployment.family))
        return false;
      if (/::(Deployment|Stage)$/.test(each.Type)) return false;
      const named = isObject(each.Properties) ? each.Properties[deployment.api] : undefined;
      return canonicalJson({ Ref: id }) === api || (named !== undefined && canonicalJson(named) === api);
    });
    return canonicalJson(Object.fromEntries(parts));
  }
  if (Type === 'AWS::Lambda::Version') {
    const [name] = [...references(Properties.FunctionName ?? null)].map((reference) => reference.name);
    const fn = name === undefined ? undefined : own(template.Resources, name);
    return isObject(fn) ? `${name} ${versionHash(fn, codeHash)}` : undefined;
  }
  // There must only be one: deleting an old one empties the bucket that a new one has just filled.
  return isSite({ Type, Properties }) ? canonicalJson(Properties.DestBucket) : undefined;
}

/** A function whose code is the application. */
export const isOurs = ({ Type, Properties }: Resource): boolean =>
  Type === 'AWS::Lambda::Function' &&
  isObject(Properties) &&
  isObject(Properties.Code) &&
  canonicalJson(Properties.Code.S3Key ?? null) === canonicalJson({ Ref: CODE_KEY });

/** The custom resource that unpacks a site. */
export const isSite = ({ Properties }: Resource): boolean =>
  isObject(Properties) &&
  Properties.DestBucket !== undefined &&
  canonicalJson(Properties.SrcKeyName ?? null) === canonicalJson({ Ref: SITE_KEY });

const resourcesOf = ({ Resources }: Template): readonly JsonObject[] =>
  Object.values(Resources).filter(isObject);

const mapResources = (template: Template, map: (resource: Resource, id: string) => Resource): Template => ({
  ...template,
  Resources: Object.fromEntries(
    Object.entries(template.Resources).map(([id, resource]) => [
      id,
      isObject(resource) ? map(resource as Resource, id) : resource,
    ]),
  ) as Template['Resources'],
});

/** A copy in which texts are replaced by what `replace` makes of them. */
export function replaceText(value: Json, replace: (text: string) => Json | undefined): Json {
  if (typeof value === 'string') return replace(value) ?? value;
  if (Array.isArray(value)) return value.map((each) => replaceText(each, replace));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaceText(each, replace)]));
}
