import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { newestSchemas, type Properties } from '../doors/schemas.ts';

const run = promisify(execFile);

/** A shape of AWS's service models, as far as it is read. */
export interface ModelShape {
  readonly type: string;
  readonly enum?: readonly string[];
  readonly max?: number;
  readonly exception?: boolean;
  readonly error?: { readonly code?: string };
  readonly members?: Readonly<Record<string, { readonly shape?: string }>>;
  /** Of a list. */
  readonly member?: { readonly shape?: string };
}
export type Model = Readonly<Record<string, ModelShape>>;

/** A JSON schema of AWS CDK, as far as it is read. */
export interface CdkSchema {
  readonly definitions: Readonly<
    Record<
      string,
      { readonly enum?: readonly string[]; readonly properties?: Readonly<Record<string, unknown>> }
    >
  >;
}

/** What AWS has today. */
export interface Newest {
  /** Packages with their versions. */
  readonly versions: readonly string[];
  readonly lambda: Model;
  readonly cloudFormation: Model;
  /** Properties by resource type. */
  readonly types: ReadonlyMap<string, Properties>;
  readonly sam: {
    readonly types: readonly string[];
    readonly events: readonly string[];
    readonly policies: readonly string[];
    /** Types of which SAM CLI packages local files. */
    readonly packaged: readonly string[];
  };
  readonly cdk: { readonly assembly: CdkSchema; readonly assets: CdkSchema };
}

/**
 * Reads the newest packages of the registries: botocore (service models), cfn-lint (resource schemas), aws-sam-translator and
 * AWS CDK's schema of assemblies. They are unpacked and read; nothing of them is executed.
 */
export async function newest(): Promise<Newest> {
  const folder = await mkdtemp(join(tmpdir(), 'keep-up-'));
  try {
    const schemas = await newestSchemas();
    const botocore = await wheel(folder, 'botocore');
    const translator = await wheel(folder, 'aws-sam-translator');
    const samCli = await wheel(folder, 'aws-sam-cli');
    const cdk = await npmPackage(folder, '@aws-cdk/cloud-assembly-schema');
    return {
      versions: [
        botocore.version,
        `cfn-lint ${schemas.version}`,
        translator.version,
        samCli.version,
        cdk.version,
      ],
      lambda: await modelOf(botocore.path, 'lambda/2015-03-31'),
      cloudFormation: await modelOf(botocore.path, 'cloudformation/2010-05-15'),
      types: schemas.types,
      sam: {
        ...(await samOf(join(translator.path, 'samtranslator'))),
        packaged: await packagedTypes(join(samCli.path, 'samcli/lib')),
      },
      cdk: {
        assembly: await json<CdkSchema>(join(cdk.path, 'schema/cloud-assembly.schema.json')),
        assets: await json<CdkSchema>(join(cdk.path, 'schema/assets.schema.json')),
      },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const json = async <T>(path: string): Promise<T> => JSON.parse(await readFile(path, 'utf8')) as T;

async function wheel(folder: string, name: string): Promise<{ path: string; version: string }> {
  const path = join(folder, name);
  const only = ['--no-deps', '--only-binary', ':all:', '--quiet', '--disable-pip-version-check'];
  await run('python3', ['-m', 'pip', 'download', ...only, '--dest', path, name]);
  const file = (await readdir(path)).find((each) => each.endsWith('.whl')) ?? '';
  await run('python3', ['-m', 'zipfile', '-e', join(path, file), path]);
  return { path, version: `${name} ${file.split('-')[1] ?? ''}` };
}

async function npmPackage(folder: string, name: string): Promise<{ path: string; version: string }> {
  const path = join(folder, 'npm');
  await mkdir(path);
  await run('npm', ['pack', '--silent', '--ignore-scripts', name], { cwd: path });
  const file = (await readdir(path)).find((each) => each.endsWith('.tgz')) ?? '';
  await run('tar', ['-xzf', file], { cwd: path });
  const { version } = await json<{ version: string }>(join(path, 'package/package.json'));
  return { path: join(path, 'package'), version: `${name} ${version}` };
}

async function modelOf(botocore: string, service: string): Promise<Model> {
  const file = await readFile(join(botocore, 'botocore/data', service, 'service-2.json.gz'));
  return (JSON.parse(gunzipSync(file).toString()) as { shapes: Model }).shapes;
}

/** The translator says in its classes which types and events there are. */
async function samOf(folder: string): Promise<Omit<Newest['sam'], 'packaged'>> {
  const named = async (file: string): Promise<string[]> =>
    [...(await readFile(file, 'utf8')).matchAll(/^ {4}resource_type = "([\w:]+)"/gm)].map(
      ([, name = '']) => name,
    );
  const sources = join(folder, 'model/eventsources');
  const files = (await readdir(sources)).filter((each) => each.endsWith('.py'));
  const events = await Promise.all(files.map((each) => named(join(sources, each))));
  const types = await named(join(folder, 'model/sam_resources.py'));
  const policies = await json<{ Templates: object }>(
    join(folder, 'policy_templates_data/policy_templates.json'),
  );
  return {
    types: types.filter((name) => name.startsWith('AWS::Serverless::')),
    events: events.flat(),
    policies: Object.keys(policies.Templates),
  };
}

/** SAM CLI has a class for each type that it packages, which names the constant of the type. */
async function packagedTypes(folder: string): Promise<readonly string[]> {
  const constants = new Map(
    [
      ...(await readFile(join(folder, 'utils/resources.py'), 'utf8')).matchAll(/^(AWS_\w+) = "([\w:]+)"/gm),
    ].map(([, constant = '', type = '']) => [constant, type] as const),
  );
  const classes = await readFile(join(folder, 'package/packageable_resources.py'), 'utf8');
  return [...classes.matchAll(/^ {4}RESOURCE_TYPE = (\w+)/gm)].flatMap(
    ([, constant = '']) => constants.get(constant) ?? [],
  );
}
