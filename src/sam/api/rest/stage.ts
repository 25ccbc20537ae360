import { hashedId } from '../../logical-id.ts';
import { given } from '../../python/values.ts';
import { generated, ref, tagList } from '../../resource.ts';
import type { Generated, SamSource } from '../../types.ts';

const ALPHANUMERIC = /^[\p{L}\p{N}]+$/u;

/** Settings that a stage has under the same name. */
const SETTINGS = [
  'CacheClusterEnabled',
  'CacheClusterSize',
  'Variables',
  'MethodSettings',
  'AccessLogSetting',
  'CanarySetting',
  'TracingEnabled',
];

/** The stage of an API. */
export function stage({ logicalId, properties, passed }: SamSource, deploymentId: string): Generated {
  const name = typeof properties.StageName === 'string' ? properties.StageName : '';
  // A name that is a function call is not in the logical ID: there is one stage only.
  const id = ALPHANUMERIC.test(name) ? `${logicalId}${name}Stage` : hashedId(`${logicalId}Stage`, name);
  return generated(id, 'AWS::ApiGateway::Stage', {
    attributes: passed,
    properties: {
      DeploymentId: ref(deploymentId),
      RestApiId: ref(logicalId),
      StageName: properties.StageName,
      ...Object.fromEntries(SETTINGS.map((setting) => [setting, properties[setting]])),
      Tags: given(properties.Tags) ? tagList(properties.Tags) : undefined,
    },
  });
}
