import { isAbsolute, join } from 'node:path';
import type { Asset, FileAsset } from '../../assembly/types.ts';
import { DEFAULT_RUNTIMES } from '../../runtimes.ts';
import { readableId } from '../../template/assets/normalise.ts';
import { spartaName } from '../../template/diff/construct-names.ts';
import {
  isObject,
  type Json,
  type JsonObject,
  type Template,
  type TemplatePath,
} from '../../template/types.ts';
import { withGlobals } from '../../template/values/globals.ts';
import { IMAGE, type LocalCode, type LocalFunction } from './function.ts';
import {
  defaultAccount,
  defaultRegion,
  mapOf,
  propertiesOf,
  type Resolve,
  type ResolveOptions,
  resolveEnvironment,
  resolverOf,
  text,
} from './resolve.ts';
import { isWebType, webSettings } from './web-function.ts';

export interface FunctionsOptions extends ResolveOptions {
  /** Directory of the template file: relative code paths start here. */
  readonly directory: string;
  /** Id of the nested template that `template` is; absent for the root. */
  readonly nested?: string;
  /** What CloudFormation makes of the template; the template itself where nothing else is known. */
  readonly made?: Template;
  /** Hears why a function of the template can't run here (an image that was not built, code that is in S3 only). */
  readonly warn?: (message: string) => void;
}

/** The template that functions are taken from. */
interface Context {
  readonly template: Template;
  readonly options: FunctionsOptions;
  readonly resolve: Resolve;
  readonly assets: readonly Asset[];
  /** File assets by the place that they are for. */
  readonly located: ReadonlyMap<string, FileAsset>;
}

const codeProperty: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'Code',
  'AWS::Lambda::LayerVersion': 'Content',
  'AWS::Serverless::Function': 'CodeUri',
  'AWS::Serverless::LayerVersion': 'ContentUri',
  'AWS::Serverless::WebFunction': 'CodeUri',
  'AWS::Lambda::WebFunctionRevision': 'BuildConfig.CodeConfig.S3Object',
};

/**
 * The functions of a template (AWS::Lambda::Function, AWS::Serverless::Function with Globals merged), each with the
 * packaged code that would be deployed where `assets` has it, else with the local path that its property names.
 */
export function functionsOf(
  template: Template,
  assets: readonly Asset[],
  options: FunctionsOptions,
): LocalFunction[] {
  const resolve = resolverOf(template, options);
  const located = locatedAssets(assets, options.nested);
  const context = { template, options, resolve, assets, located };
  const functions: LocalFunction[] = [];
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const type = mapOf(resource).Type;
    const properties = withGlobals(template, logicalId);
    if (isWebType(type)) {
      functions.push(...webFunction(logicalId, properties, context));
      continue;
    }
    if (type !== 'AWS::Lambda::Function' && type !== 'AWS::Serverless::Function') continue;
    const isImage = properties.PackageType === 'Image';
    const code = isImage
      ? imageOf(logicalId, properties, context)
      : properties.InlineCode === undefined
        ? codeOf(logicalId, properties, context)
        : inline(properties.InlineCode);
    if (code === undefined) {
      const why = isImage ? 'its image was not built' : 'its code is not on this machine';
      options.warn?.(`${logicalId} can't be run here: ${why}`);
      continue;
    }
    const plain = resolve({ ...properties, Environment: null, Layers: null, Events: null, Policies: null });
    if (!isObject(plain)) continue;
    functions.push({
      ...describe(logicalId, plain, context),
      path: pathOf(logicalId, resource ?? null),
      code,
      layers: layersOf(properties.Layers ?? [], context),
      environment: resolveEnvironment(mapOf(properties.Environment).Variables, resolve),
    });
  }
  return functions;
}

function webFunction(logicalId: string, properties: JsonObject, context: Context): LocalFunction[] {
  const { template, options, resolve } = context;
  const code = codeOf(logicalId, properties, context);
  if (code === undefined) {
    options.warn?.(`${logicalId} can't be run here: its code is not on this machine`);
    return [];
  }
  const fn = webSettings(logicalId, properties, { template, resolve });
  return [
    {
      ...fn,
      name: options.physicalIds?.[fn.logicalId]?.split('web-function/').at(-1) ?? fn.name,
      path: pathOf(fn.logicalId, template.Resources[fn.logicalId] ?? null),
      architecture: 'arm64',
      code,
      layers: [],
      region: options.region ?? defaultRegion,
      account: options.account ?? defaultAccount,
      qualifiers: [],
    },
  ];
}

/** The whole CDK path: what ends it may not be unique. */
function pathOf(logicalId: string, resource: Json): string {
  const path = mapOf(mapOf(resource).Metadata)['aws:cdk:path'] ?? spartaName(mapOf(resource));
  return typeof path === 'string' ? path.replace(/\/Resource$/, '') : readableId(logicalId, resource);
}

type Described = Omit<LocalFunction, 'path' | 'code' | 'layers' | 'environment'>;

/** What the properties say directly. Defaults: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
function describe(logicalId: string, properties: JsonObject, context: Context): Described {
  const { options } = context;
  const [architecture] = Array.isArray(properties.Architectures) ? properties.Architectures : [];
  const reserved = properties.ReservedConcurrentExecutions;
  return {
    logicalId,
    name: options.physicalIds?.[logicalId] ?? text(properties.FunctionName ?? logicalId),
    runtime: properties.PackageType === 'Image' ? IMAGE : text(properties.Runtime ?? DEFAULT_RUNTIMES.go),
    handler: text(properties.Handler ?? ''),
    architecture: architecture === 'arm64' ? 'arm64' : 'x86_64',
    timeout: Number(properties.Timeout ?? 3),
    memory: Number(properties.MemorySize ?? 128),
    region: options.region ?? defaultRegion,
    account: options.account ?? defaultAccount,
    qualifiers: qualifiersOf(logicalId, context),
    ...(isObject(properties.ImageConfig) && { image: imageSettings(properties.ImageConfig) }),
    ...(isObject(properties.EphemeralStorage) && {
      ephemeralStorage: Number(properties.EphemeralStorage.Size ?? 512),
    }),
    ...(reserved !== undefined && { reservedConcurrency: Number(reserved) }),
    ...(mapOf(properties.TenancyConfig).TenantIsolationMode === 'PER_TENANT' && { tenantIsolation: true }),
    ...(properties.CapacityProviderConfig !== undefined && { managed: true }),
    ...(isObject(properties.DurableConfig) && { durable: durableOf(properties.DurableConfig) }),
    ...(isObject(properties.LoggingConfig) && { logging: loggingOf(properties.LoggingConfig) }),
  };
}

function durableOf({ ExecutionTimeout, RetentionPeriodInDays }: JsonObject): LocalFunction['durable'] {
  return {
    ...(ExecutionTimeout !== undefined && { executionTimeout: Number(ExecutionTimeout) }),
    ...(RetentionPeriodInDays !== undefined && { retention: Number(RetentionPeriodInDays) }),
  };
}

/** Levels count for JSON only: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html */
function loggingOf({ LogFormat, ApplicationLogLevel }: JsonObject): NonNullable<LocalFunction['logging']> {
  return LogFormat === 'JSON'
    ? { format: 'JSON', level: text(ApplicationLogLevel ?? 'INFO') }
    : { format: 'Text' };
}

/** Versions and aliases that a function has in its stack. */
function qualifiersOf(logicalId: string, { options, template: written, resolve }: Context): string[] {
  const template = options.made ?? written;
  const found: string[] = [];
  const name = text(resolve({ Ref: logicalId }));
  const isOurs = (given: Json | undefined): boolean => {
    const named = text(resolve(given ?? ''));
    return named === name || named.endsWith(`:function:${name}`);
  };
  for (const [id, resource] of Object.entries(template.Resources)) {
    const type = mapOf(resource).Type;
    if (type !== 'AWS::Lambda::Alias' && type !== 'AWS::Lambda::Version') continue;
    const own = propertiesOf(template, id);
    if (isOurs(own.FunctionName))
      found.push(type === 'AWS::Lambda::Alias' ? text(resolve(own.Name ?? '')) : '1');
  }
  return [...new Set(found)];
}

const inline = (code: Json): LocalCode => ({ kind: 'inline', text: text(code) });

function imageSettings({
  EntryPoint,
  Command,
  WorkingDirectory,
}: JsonObject): NonNullable<LocalFunction['image']> {
  return {
    ...(Array.isArray(EntryPoint) && { entryPoint: EntryPoint.map(text) }),
    ...(Array.isArray(Command) && { command: Command.map(text) }),
    ...(WorkingDirectory !== undefined && { workingDirectory: text(WorkingDirectory) }),
  };
}

/** The image of a function, when it was built: that of the side which conditions leave. */
function imageOf(
  logicalId: string,
  properties: JsonObject,
  { assets, options, resolve }: Context,
): LocalCode | undefined {
  const places = new Set(
    ['Code', 'ImageUri'].flatMap((property) => {
      const code = branchOf(properties[property], `${logicalId}.${property}`, resolve);
      const inner = branchOf(mapOf(code.value).ImageUri, `${code.at}.ImageUri`, resolve);
      return [code.at, inner.at];
    }),
  );
  const own = assets.find(
    ({ kind, targets }) =>
      kind === 'image' &&
      targets.some(
        (target) =>
          target.kind === 'property' &&
          target.template === options.nested &&
          places.has(placeOf(target.path)),
      ),
  );
  return own?.kind === 'image' && own.path !== undefined
    ? { kind: 'image', path: own.path, digest: own.hash }
    : undefined;
}

/** `F.Code.Fn::If.1` */
const placeOf = ([, logicalId, , ...property]: TemplatePath): string => [logicalId, ...property].join('.');

/** File assets by `<logical ID>.<property>`, with the branch of a condition: `F.Code.Fn::If.1`. */
function locatedAssets(assets: readonly Asset[], nested: string | undefined): Map<string, FileAsset> {
  const found = new Map<string, FileAsset>();
  for (const asset of assets) {
    if (asset.kind === 'image') continue;
    for (const target of asset.targets) {
      if (target.kind !== 'property' || target.template !== nested) continue;
      if (target.path[0] === 'Resources') found.set(placeOf(target.path), asset);
    }
    for (const target of asset.targets) {
      if (target.kind !== 'parameter') continue;
      for (const parameter of Object.keys(target.parameters)) found.set(`parameter ${parameter}`, asset);
    }
  }
  return found;
}

function codeOf(
  logicalId: string,
  properties: JsonObject,
  { template, located, options, resolve }: Context,
): LocalCode | undefined {
  const property = codeProperty[text(mapOf(template.Resources[logicalId]).Type ?? '')] ?? 'Code';
  const [first = '', ...below] = property.split('.');
  const whole = branchOf(properties[first], `${logicalId}.${first}`, resolve);
  const { value, at } = below.reduce(
    (outer, step) => branchOf(mapOf(outer.value)[step], `${outer.at}.${step}`, resolve),
    whole,
  );
  // Of a choice between locations, SAM takes only that between their parts.
  const key = branchOf(mapOf(value).Key, `${at}.Key`, resolve);
  const asset = located.get(at) ?? located.get(key.at) ?? assetByParameter(value, located);
  if (asset) return { kind: 'zip', path: asset.path, hash: asset.hash };
  const { ZipFile } = mapOf(value);
  if (ZipFile !== undefined) return inline(resolve(ZipFile));
  if (typeof value !== 'string' || /^(s3|https?):\/\//.test(value)) return undefined;
  return { kind: 'directory', path: isAbsolute(value) ? value : join(options.directory, value) };
}

/** What conditions leave of a value, and where it stands. */
function branchOf(
  value: Json | undefined,
  at: string,
  resolve: Resolve,
): { readonly value: Json | undefined; readonly at: string } {
  const choice = mapOf(value)['Fn::If'];
  if (!Array.isArray(choice)) return { value, at };
  const taken = Number(resolve({ 'Fn::If': [choice[0] ?? '', 1, 2] }));
  return branchOf(choice[taken], `${at}.Fn::If.${taken}`, resolve);
}

/** CDK v1 and Sparta give locations by parameters: the asset that any of these belongs to. */
function assetByParameter(
  value: Json | undefined,
  located: ReadonlyMap<string, FileAsset>,
): FileAsset | undefined {
  for (const [, name] of JSON.stringify(value ?? null).matchAll(/"Ref":"([A-Za-z0-9]+)"/g)) {
    const asset = located.get(`parameter ${name}`);
    if (asset) return asset;
  }
  return undefined;
}

function layersOf(layers: Json, context: Context): LocalCode[] {
  const { template, options, resolve } = context;
  const found: LocalCode[] = [];
  for (const layer of Array.isArray(layers) ? layers : []) {
    const logicalId = text(mapOf(layer).Ref ?? '');
    const code = logicalId ? codeOf(logicalId, propertiesOf(template, logicalId), context) : undefined;
    if (code) found.push(code);
    else options.warn?.(`The layer ${text(resolve(layer))} is left out: its content is not on this machine`);
  }
  return found;
}
