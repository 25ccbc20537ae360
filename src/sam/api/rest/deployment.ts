import type { Json, JsonObject } from '../../../template/types.ts';
import { sha1 } from '../../logical-id.ts';
import { jsonString, pythonNumber } from '../../python/json.ts';
import { truthy } from '../../python/values.ts';
import { generated, ref } from '../../resource.ts';
import type { Generated, SamSource } from '../../types.ts';
import { ByteText, PyMap, type PyValue } from '../document/python-map.ts';
import { repr } from '../document/repr.ts';

/** What makes API Gateway deploy an API again when it changes. */
export interface DeploymentContent {
  /** The definition, or where it is in S3. */
  readonly body: PyMap | undefined;
  readonly domain: PyMap | undefined;
  readonly functionNames: readonly string[];
  /** The time in seconds, for APIs that are deployed each time. */
  readonly seconds: number;
}

const HASH_LENGTH = 10;

/** The deployment of an API, whose logical ID has a hash of all that is deployed. */
export function deployment(
  { logicalId, properties, passed }: SamSource,
  content: DeploymentContent,
): Generated {
  const { OpenApiVersion } = properties;
  const hash = content.body && content.body.size > 0 ? sha1(hashed(properties, content)) : undefined;
  return generated(
    `${logicalId}Deployment${hash?.slice(0, HASH_LENGTH) ?? ''}`,
    'AWS::ApiGateway::Deployment',
    {
      attributes: passed,
      properties: {
        Description: hash && `RestApi deployment id: ${hash}`,
        RestApiId: ref(logicalId),
        // Without it API Gateway makes no stage of its own.
        StageName: truthy(OpenApiVersion) ? undefined : 'Stage',
      },
    },
  );
}

function hashed({ OpenApiVersion, AlwaysDeploy }: JsonObject, content: DeploymentContent): string {
  if (truthy(AlwaysDeploy)) return String(content.seconds);
  const { body, domain, functionNames } = content;
  const parts = [repr(body ?? null)];
  if (truthy(OpenApiVersion)) parts.push(String(OpenApiVersion));
  if (domain && domain.size > 0) parts.push(orderedJson(domain));
  const names = functionNames.join('');
  if (names !== '') parts.push(names);
  return parts.join('||');
}

/** A value as `json.dumps` writes it when it is told nothing else. */
function orderedJson(value: PyValue): string {
  if (value instanceof ByteText) return jsonString(value.text);
  if (typeof value === 'string') return jsonString(value);
  if (typeof value === 'number') return pythonNumber(value);
  if (Array.isArray(value)) return `[${value.map(orderedJson).join(', ')}]`;
  if (!(value instanceof PyMap)) return String(value);
  const entries = value.keys().map((key) => `${jsonString(key)}: ${orderedJson(value.get(key) ?? null)}`);
  return `{${entries.join(', ')}}`;
}

/** A value as Python makes a text of it. */
export const pythonText = (value: PyValue | Json): string =>
  typeof value === 'string' ? value : repr(value as PyValue);
