import { isIntrinsic } from '../template/intrinsics.ts';
import { isObject, type Json, type JsonObject, own } from '../template/types.ts';
import { mergeGlobals } from '../template/values/globals.ts';
import { SamRefusal } from './problems.ts';
import { keepMergedOrder } from './python/key-order.ts';
import { truthy } from './python/values.ts';
import type { SamProblem } from './types.ts';

/** What each section of `Globals` may have. Source: AWS SAM developer guide, "Globals section"; aws-sam-translator 1.115. */
const SUPPORTED: Readonly<Record<string, string>> = {
  Function:
    'Architectures AssumeRolePolicyDocument AutoPublishAlias AutoPublishAliasAllProperties CapacityProviderConfig CodeSigningConfigArn CodeUri DeadLetterQueue DeploymentPreference Description DurableConfig Environment EphemeralStorage EventInvokeConfig FileSystemConfigs FunctionScalingConfig FunctionUrlConfig Handler KmsKeyArn Layers LoggingConfig MemorySize PermissionsBoundary PropagateTags ProvisionedConcurrencyConfig PublishToLatestPublished RecursiveLoop ReservedConcurrentExecutions RolePath Runtime RuntimeManagementConfig SnapStart SourceKMSKeyArn Tags TenancyConfig Timeout Tracing VersionDeletionPolicy VpcConfig',
  Api: 'AccessLogSetting AlwaysDeploy Auth BinaryMediaTypes CacheClusterEnabled CacheClusterSize CanarySetting Cors DefinitionUri Domain EndpointAccessMode EndpointConfiguration GatewayResponses MergeDefinitions MethodSettings MinimumCompressionSize Name OpenApiVersion PropagateTags SecurityPolicy TracingEnabled Variables',
  HttpApi:
    'AccessLogSettings Auth CorsConfiguration DefaultRouteSettings Domain FailOnWarnings PropagateTags RouteSettings StageVariables Tags',
  SimpleTable: 'SSESpecification',
  StateMachine: 'PropagateTags',
  LayerVersion: 'PublishLambdaVersion',
  CapacityProvider:
    'InstanceRequirements KmsKeyArn LoggingConfig ManagedResourceTags OperatorRole PropagateTags ScalingConfig Tags VpcConfig',
  MicrovmImage:
    'AdditionalOsCapabilities BaseImageArn BaseImageVersion BuildRoleArn CpuConfigurations EgressNetworkConnectors EnvironmentVariables Hooks Logging PropagateTags Resources Tags',
  NetworkConnector: 'OperatorRole PropagateTags Tags',
  WebSocketApi:
    'AccessLogSettings ApiKeySelectionExpression DefaultRouteSettings DisableExecuteApiEndpoint DisableSchemaValidation Domain FailOnWarnings IpAddressType PropagateTags RouteSelectionExpression RouteSettings StageVariables Tags',
};

/** The section `Globals`, and what it adds to resources. */
export class Globals {
  readonly #sections: JsonObject;

  /** @param problems is added to: sections and properties that SAM does not take */
  constructor(globals: Json | undefined, problems: SamProblem[]) {
    this.#sections = {};
    if (globals === undefined) return;
    if (!isObject(globals)) {
      problems.push({ path: ['Globals'], message: 'Globals has to be a map of sections, such as Function' });
      return;
    }
    for (const [section, properties] of Object.entries(globals)) {
      const path = ['Globals', section];
      const supported = own(SUPPORTED, section)?.split(' ');
      if (!supported)
        problems.push({
          path,
          message: `Globals has no section ${section}`,
          next: `Sections are ${Object.keys(SUPPORTED).join(', ')}.`,
        });
      else if (!isObject(properties))
        problems.push({ path, message: `${section} of Globals has to be a map` });
      else {
        for (const name of Object.keys(properties))
          if (!supported.includes(name))
            problems.push({
              path: [...path, name],
              message: `Globals cannot set ${name} of ${section}`,
              next: 'Set it on each resource.',
            });
        this.#sections[section] = properties;
      }
    }
  }

  /** Merges what a resource takes into its properties. */
  mergeInto(logicalId: string, resource: JsonObject): void {
    const section = String(resource.Type).replace('AWS::Serverless::', '');
    const globals = own(this.#sections, section);
    const properties = isObject(resource.Properties) ? resource.Properties : {};
    if (isObject(globals)) {
      const left = withoutIgnored(globals, logicalId, resource.IgnoreGlobals);
      // Maps of one entry that look like calls are not merged, but these at the top are.
      resource.Properties =
        isIntrinsic(properties) || isIntrinsic(left) ? properties : mergeGlobals(left, properties, section);
      // The hash of an API's deployment depends on the order of what is merged, and APIs see what others change of it.
      if (section === 'Api' && resource.Properties !== properties)
        keepMergedOrder(resource.Properties, left, properties);
    } else resource.Properties = properties;
  }
}

function withoutIgnored(globals: JsonObject, logicalId: string, ignored: Json | undefined): JsonObject {
  if (!truthy(ignored)) return globals;
  if (ignored === '*') return {};
  const path = ['Resources', logicalId, 'IgnoreGlobals'];
  if (!Array.isArray(ignored))
    throw new SamRefusal({ logicalId, path, message: "IgnoreGlobals has to be '*' or a list of properties" });
  const left = { ...globals };
  for (const [index, name] of ignored.entries()) {
    if (typeof name !== 'string' || !Object.hasOwn(left, name))
      throw new SamRefusal({
        logicalId,
        path: [...path, index],
        message: `IgnoreGlobals names ${typeof name === 'string' ? name : 'something'} that Globals does not set`,
        next: 'Remove it.',
      });
    delete left[name];
  }
  return left;
}
