import type { RestApiDefinition, RestRoute } from '../../api-types.ts';
import type { ResourceDefinition } from '../../types.ts';
import type { Data } from '../../values.ts';
import { addOutput, addResource, setResource } from '../draft.ts';
import { pascal, shortHash } from '../identifiers.ts';
import { getAtt, join, ref, sub } from '../resources.ts';
import { addRestAuthorizers } from './authorizers.ts';
import { type ApiContext, accessLogs, addUrls, longForm, throttle } from './context.ts';
import { addRestDomain } from './domain.ts';
import { pathName, pathOf } from './paths.ts';
import { addCors, addGatewayResponses, addMethods } from './rest-methods.ts';

export function addRestApi(context: ApiContext, api: RestApiDefinition): void {
  const { draft, id, name } = context;
  const before = new Set(draft.resources.keys());
  setResource(draft, id, {
    Type: 'AWS::ApiGateway::RestApi',
    Properties: {
      Name: join(ref('AWS::StackName'), `-${name}`),
      EndpointConfiguration: { Types: [api.endpoint ?? 'REGIONAL'] },
      ...(api.description && { Description: api.description }),
      ...(api.binaryTypes && { BinaryMediaTypes: api.binaryTypes }),
      ...(api.compressFrom !== undefined && { MinimumCompressionSize: api.compressFrom }),
      ...(api.domainOnly && { DisableExecuteApiEndpoint: true }),
    },
  });
  addRestAuthorizers(context, api.authorizers);
  const paths = addPaths(context, api);
  const methods = [
    ...addMethods(context, api, paths),
    ...addCors(context, api.cors, paths),
    ...addGatewayResponses(context, api.cors),
  ];
  const content = [...draft.resources].filter(([each]) => !before.has(each));
  const stage = addStage(context, api, addDeployment(context, content, methods));
  addUsagePlans(context, api, stage);
  addRestDomain(context, api.domain, stage);
  const endpoint = sub('https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/', { Api: ref(id) });
  addUrls(context, api, 'https', join(endpoint, api.stage ?? 'prod'));
}

/** A resource for each part of each path; returns their IDs by path. */
function addPaths({ draft, id }: ApiContext, { routes }: RestApiDefinition): ReadonlyMap<string, Data> {
  const paths = new Map<string, Data>([['/', getAtt(id, 'RootResourceId')]]);
  for (const route of Object.keys(routes)) {
    let path = '';
    for (const part of pathOf(route).split('/').filter(Boolean)) {
      const parent = paths.get(path || '/') ?? getAtt(id, 'RootResourceId');
      path = `${path}/${part}`;
      if (paths.has(path)) continue;
      const made = addResource(draft, `${id}${pathName(path)}Resource`, {
        Type: 'AWS::ApiGateway::Resource',
        Properties: { RestApiId: ref(id), ParentId: parent, PathPart: part },
      });
      paths.set(path, ref(made));
    }
  }
  return paths;
}

/** A deployment is a snapshot: its logical ID follows what it is one of, so that what changes is deployed, and only that. */
function addDeployment(
  { draft, id }: ApiContext,
  content: readonly (readonly [string, ResourceDefinition])[],
  dependsOn: readonly string[],
): string {
  return addResource(draft, `${id}Deployment${shortHash(content)}`, {
    Type: 'AWS::ApiGateway::Deployment',
    DependsOn: [...dependsOn],
    Properties: { RestApiId: ref(id) },
  });
}

function addStage(context: ApiContext, api: RestApiDefinition, deployment: string): string {
  const { draft, id } = context;
  const logs = accessLogs(context, 'rest', api);
  const limited = Object.entries(api.routes).flatMap(([route, short]) => {
    const { throttling }: RestRoute = longForm(short);
    if (!throttling) return [];
    const [method = 'ANY'] = route.split(' ');
    return [
      { ResourcePath: pathOf(route), HttpMethod: method === 'ANY' ? '*' : method, ...throttle(throttling) },
    ];
  });
  const settings = [
    ...(api.throttling ? [{ ResourcePath: '/*', HttpMethod: '*', ...throttle(api.throttling) }] : []),
    ...limited,
  ];
  return addResource(draft, `${id}Stage`, {
    Type: 'AWS::ApiGateway::Stage',
    Properties: {
      RestApiId: ref(id),
      DeploymentId: ref(deployment),
      StageName: api.stage ?? 'prod',
      ...(api.tracing !== undefined && { TracingEnabled: api.tracing }),
      ...(settings.length > 0 && { MethodSettings: settings }),
      ...(logs !== undefined && { AccessLogSetting: logs }),
    },
  });
}

function addUsagePlans(
  { draft, id, name }: ApiContext,
  { usagePlans = {} }: RestApiDefinition,
  stage: string,
): void {
  const keys = new Set<string>();
  for (const [planName, plan] of Object.entries(usagePlans)) {
    const planId = addResource(draft, `${id}${pascal(planName)}Plan`, {
      Type: 'AWS::ApiGateway::UsagePlan',
      Properties: {
        UsagePlanName: join(ref('AWS::StackName'), `-${name}-${planName}`),
        ApiStages: [{ ApiId: ref(id), Stage: ref(stage) }],
        ...(plan.throttling && {
          Throttle: { RateLimit: plan.throttling.rate, BurstLimit: plan.throttling.burst },
        }),
        ...(plan.quota && { Quota: { Limit: plan.quota.limit, Period: plan.quota.period } }),
      },
    });
    for (const key of plan.keys ?? []) {
      const keyId = `${id}${pascal(key)}Key`;
      if (!keys.has(key)) {
        setResource(draft, keyId, {
          Type: 'AWS::ApiGateway::ApiKey',
          Properties: { Name: join(ref('AWS::StackName'), `-${name}-${key}`), Enabled: true },
        });
        // The value is a secret: the output is the ID with which it can be asked for.
        addOutput(draft, `${keyId}Id`, { Description: `ID of the API key ${key}`, Value: ref(keyId) });
      }
      keys.add(key);
      addResource(draft, `${planId}${pascal(key)}Key`, {
        Type: 'AWS::ApiGateway::UsagePlanKey',
        Properties: { KeyId: ref(keyId), KeyType: 'API_KEY', UsagePlanId: ref(planId) },
      });
    }
  }
}
