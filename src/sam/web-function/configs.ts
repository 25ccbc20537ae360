import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { s3Location } from '../code-location.ts';
import { isCall } from '../intrinsics.ts';
import { refuse } from '../problems.ts';
import { pythonNumber } from '../python/json.ts';
import { given, truthy } from '../python/values.ts';
import type { SamSource } from '../types.ts';

/** What a revision is built from. */
export function buildConfig({ logicalId, properties }: SamSource): JsonObject {
  const { CodeUri, InlineCode, Runtime } = properties;
  if (given(InlineCode))
    refuse(logicalId, ['InlineCode'], 'a web function takes no InlineCode yet; put the code into CodeUri');
  if (!truthy(CodeUri)) return refuse(logicalId, [], 'a web function needs a CodeUri');
  if (!given(Runtime)) return refuse(logicalId, [], 'a web function needs a Runtime');
  const { Bucket, Key, Version } = s3Location(logicalId, 'CodeUri', CodeUri);
  return {
    CodeConfig: { S3Object: { Bucket, Key, ...(Version !== undefined && { VersionId: Version }) } },
    RuntimeConfig: { Runtime },
  };
}

/** How a revision runs. */
export function serviceConfig(source: SamSource, role: Json): JsonObject {
  const { LoggingConfig, MaxConcurrencyPerEnvironment, EgressNetworkConnectorArn, Timeout } =
    source.properties;
  const variables = environment(source);
  return {
    ExecutionRoleArn: role,
    ...(variables && { EnvironmentVariables: variables }),
    ...(truthy(LoggingConfig) && { TelemetryConfig: { LoggingConfig } }),
    ...(given(MaxConcurrencyPerEnvironment) && { MaxConcurrencyPerEnvironment }),
    ...(given(EgressNetworkConnectorArn) && { EgressNetworkConnectorArn }),
    TimeoutSeconds: truthy(Timeout) ? Timeout : 30,
  };
}

function environment({ logicalId, properties }: SamSource): JsonObject | undefined {
  const { EntryPoint, EnvironmentVariables } = properties;
  if (truthy(EnvironmentVariables) && isCall(EnvironmentVariables)) {
    if (truthy(EntryPoint))
      refuse(
        logicalId,
        ['EntryPoint'],
        'EntryPoint needs EnvironmentVariables to be a map, not a function call',
      );
    return EnvironmentVariables;
  }
  const made: JsonObject = {};
  if (isObject(EnvironmentVariables))
    for (const [name, value] of Object.entries(EnvironmentVariables))
      made[name] =
        typeof value === 'number' ? pythonNumber(value) : typeof value === 'boolean' ? String(value) : value;
  if (truthy(EntryPoint)) made.AWS_LAMBDA_NODEJS_ENTRYPOINT = EntryPoint;
  return Object.keys(made).length > 0 ? made : undefined;
}
