import { isObject, type JsonObject } from '../../template/types.ts';
import type { Build } from '../context.ts';
import { truthy } from '../python/values.ts';
import type { Generated } from '../types.ts';
import { Definition } from './document/definition.ts';
import { SharedUsagePlan } from './rest/shared-usage-plan.ts';

/** What APIs of a template share while it is transformed. */
export interface ApiState {
  /** Definitions that are edited, by the logical ID of the API. */
  readonly definitions: Map<string, Definition>;
  /** APIs whose definition is SAM's: events add their paths to it. */
  readonly managed: Set<string>;
  /** Implicit APIs, which the template does not have. */
  readonly implicit: Set<string>;
  /** Names of functions with events of an API: it is deployed again when they change. */
  readonly functionNames: Map<string, string[]>;
  /** Record set groups, one for each hosted zone. */
  readonly recordSets: Map<string, Generated>;
  readonly usagePlan: SharedUsagePlan;
}

/** See {@link ApiState}. */
export function stateOf({ shared }: Pick<Build, 'shared'>): ApiState {
  const found = shared.get('apis') as ApiState | undefined;
  if (found) return found;
  const made: ApiState = {
    definitions: new Map(),
    managed: new Set(),
    implicit: new Set(),
    functionNames: new Map(),
    recordSets: new Map(),
    usagePlan: new SharedUsagePlan(),
  };
  shared.set('apis', made);
  return made;
}

/** The definition of an API, which may be edited; none where it has none in the template. */
export function definitionOf(build: Build, apiId: string, properties: JsonObject): Definition | undefined {
  const { definitions } = stateOf(build);
  const found = definitions.get(apiId);
  if (found) return found;
  const body = properties.DefinitionBody;
  if (!isObject(body) || !truthy(body)) return undefined;
  const resource = build.resources[apiId];
  const isRest = isObject(resource) && resource.Type === 'AWS::Serverless::Api';
  const made = Definition.of(apiId, body, isRest ? { ticks: 0 } : undefined);
  definitions.set(apiId, made);
  return made;
}
