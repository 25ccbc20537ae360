import { posix } from 'node:path';
import { WEB_RUNTIMES } from '../../runtimes.ts';
import type { Json, JsonObject, TemplatePath } from '../../template/types.ts';
import type { FunctionDefinition } from '../function-types.ts';
import type { WebFunctionDefinition } from '../web-types.ts';
import type { Fragment } from './fragment.ts';
import { tagList } from './function.ts';
import { logicalId } from './ids.ts';
import { neededStatements } from './needs.ts';
import { roleResource } from './role.ts';
import { hasOwnRole, ownRole } from './role-of.ts';
import type { Statement } from './statement.ts';

/** Where in the template the code of a web function goes. */
export const webCodePath = (name: string): TemplatePath => [
  'Resources',
  `${logicalId(name)}Revision`,
  'Properties',
  'BuildConfig',
  'CodeConfig',
  'S3Object',
];

/** The logical IDs that a web function takes. */
export function webIds(name: string, web: WebFunctionDefinition): string[] {
  const id = logicalId(name);
  return [
    id,
    ...(hasOwnRole(web) ? [`${id}Role`] : []),
    ...(web.logging?.group === undefined ? [`${id}LogGroup`] : []),
    `${id}Revision`,
    `${id}Endpoint`,
  ];
}

/** What the archive of a web function is made from: the build of a function whose file is the entry. */
export function webBuild({ entry, build, runtime }: WebFunctionDefinition): FunctionDefinition {
  return {
    handler: entry,
    architecture: 'arm64',
    runtime: runtime ?? WEB_RUNTIMES[0],
    build: isBundled(build)
      ? { kind: 'node', format: formatOf(entry), ...build }
      : (build as FunctionDefinition['build']),
  } as FunctionDefinition;
}

const isBundled = (build: WebFunctionDefinition['build']): boolean =>
  build === undefined || build.kind === 'node';

const formatOf = (entry: string): 'esm' | 'cjs' => (/\.c[jt]s$/.test(entry) ? 'cjs' : 'esm');

/** The file of the archive that starts the server. */
function entryFile(web: WebFunctionDefinition): string {
  const made = webBuild(web).build;
  if (made?.kind !== 'node') return web.entry;
  return `${posix.parse(web.entry).name}${made.format === 'cjs' ? '.js' : '.mjs'}`;
}

/** What a web function refers to. */
export interface WebLinks {
  /** ARN of its role. */
  readonly role: Json;
  /** Of the template, which privileges may name. */
  readonly known: Readonly<Record<string, JsonObject>>;
  /** Logical IDs. */
  readonly dependsOn: readonly string[];
}

/** Every part of a web function: itself, its role and log group, its revision, the endpoint, and an output with the address. */
export function webFragment(name: string, web: WebFunctionDefinition, links: WebLinks): Fragment {
  const id = logicalId(name);
  const named = webName(name, web);
  const ownLogs = web.logging?.group === undefined;
  return {
    Resources: {
      ...(ownLogs && { [`${id}LogGroup`]: logGroup(named, web) }),
      ...(hasOwnRole(web) && {
        [`${id}Role`]: roleResource(ownRole(web), webNeeds(name, web), links.known, ['lambda.amazonaws.com']),
      }),
      [id]: {
        Type: 'AWS::Lambda::WebFunction',
        ...(links.dependsOn.length > 0 && { DependsOn: [...links.dependsOn] }),
        Properties: { FunctionName: named, ...(web.tags && { Tags: tagList(web.tags) }) },
      },
      [`${id}Revision`]: {
        Type: 'AWS::Lambda::WebFunctionRevision',
        DependsOn: [id],
        Properties: revision(id, named, web, links.role),
      },
      [`${id}Endpoint`]: {
        Type: 'AWS::Lambda::WebFunctionEndpoint',
        DependsOn: [id],
        Properties: endpoint(id, named, web),
      },
    },
    Outputs: {
      [`${id}Url`]: {
        Description: `Address of ${id}`,
        Value: { 'Fn::Sub': `https://\${${id}Endpoint.DomainName}` },
      },
    },
  };
}

/** A revision is immutable: what changes in it makes a new one, which the endpoint serves from then on. */
function revision(id: string, named: Json, web: WebFunctionDefinition, role: Json): JsonObject {
  const { logging, description, kmsKey, timeout, concurrency, networkConnector } = web;
  return {
    FunctionName: named,
    ...set('Description', description),
    ...set('KmsKeyArn', kmsKey),
    BuildConfig: {
      CodeConfig: { S3Object: { Bucket: '', Key: '' } },
      RuntimeConfig: { Runtime: web.runtime ?? WEB_RUNTIMES[0] },
    },
    ServiceConfig: {
      ExecutionRoleArn: role,
      ...set('TimeoutSeconds', timeout),
      ...set('MaxConcurrencyPerEnvironment', concurrency),
      ...set('EgressNetworkConnectorArn', networkConnector),
      EnvironmentVariables: environment(web),
      TelemetryConfig: {
        LoggingConfig: {
          LogGroup: (logging?.group as Json | undefined) ?? { Ref: `${id}LogGroup` },
          ...set('ApplicationLogLevel', logging?.applicationLevel),
          ...set('SystemLogLevel', logging?.systemLevel),
        },
      },
    },
  };
}

function endpoint(id: string, named: Json, web: WebFunctionDefinition): JsonObject {
  const { auth, maxEnvironments, rateLimit } = web;
  return {
    FunctionName: named,
    EndpointName: web.endpoint ?? 'prod',
    EndpointType: 'HomeRegion',
    AuthType: auth === 'iam' ? 'IamAuth' : 'ApplicationManaged',
    RevisionWeights: [{ RevisionId: { 'Fn::GetAtt': [`${id}Revision`, 'RevisionId'] }, Weight: 100 }],
    ...(maxEnvironments !== undefined && { ScalingConfig: { MaxEnvironments: maxEnvironments } }),
    ...(rateLimit !== undefined && { ThrottleConfig: { RateLimit: rateLimit } }),
  };
}

/** Lambda starts `index.js` unless it is told another file. */
function environment(web: WebFunctionDefinition): JsonObject {
  const file = entryFile(web);
  return {
    ...Object.fromEntries(
      Object.entries(web.environment ?? {}).map(([name, value]) => [
        name,
        typeof value === 'object' ? (value as JsonObject) : String(value),
      ]),
    ),
    ...(file !== 'index.js' && { AWS_LAMBDA_NODEJS_ENTRYPOINT: file }),
  };
}

/** What the settings of a web function need of its role, and nothing more. */
export function webNeeds(name: string, web: WebFunctionDefinition): Statement[] {
  const group = web.logging?.group;
  const arn: Json =
    group === undefined
      ? { 'Fn::GetAtt': [`${logicalId(name)}LogGroup`, 'Arn'] }
      : {
          'Fn::Sub': [
            'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Group}:*',
            { Group: group as Json },
          ],
        };
  return neededStatements({ ...(web.kmsKey !== undefined && { kmsKey: web.kmsKey }) }, arn, '');
}

/** The physical name: as the definition says, else `<stack>-<name>`. */
const webName = (name: string, web: WebFunctionDefinition): Json =>
  (web.functionName as Json | undefined) ?? { 'Fn::Sub': `\${AWS::StackName}-${name}` };

/** Source: Lambda Web API reference, `LoggingConfig`: the name that Lambda would take. */
function logGroup(named: Json, { logging }: WebFunctionDefinition): JsonObject {
  return {
    Type: 'AWS::Logs::LogGroup',
    Properties: {
      LogGroupName: { 'Fn::Join': ['', ['/aws/lambda/web/', named]] },
      ...set('RetentionInDays', logging?.retention),
      ...set('KmsKeyId', logging?.kmsKey),
    },
  };
}

/** A property, unless it is left out. */
const set = (name: string, value: unknown): JsonObject =>
  value === undefined ? {} : { [name]: value as Json };
