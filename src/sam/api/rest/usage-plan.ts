import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import type { Build } from '../../context.ts';
import { refuse } from '../../problems.ts';
import { given, sameData, truthy } from '../../python/values.ts';
import { generated, ref } from '../../resource.ts';
import type { Generated, SamSource } from '../../types.ts';
import { stateOf } from '../state.ts';

const SETTINGS = ['CreateUsagePlan', 'Description', 'Quota', 'Tags', 'Throttle', 'UsagePlanName'];
const KINDS = ['SHARED', 'PER_API', 'NONE'];

/** Where the resources of a usage plan are, and what is in them. */
interface Plan {
  readonly planId: string;
  readonly keyId: string;
  readonly linkId: string;
  readonly dependsOn: Json;
  readonly apiStages: Json[];
  readonly stageKeys: Json[];
  readonly attributes: JsonObject;
}

/** The usage plan of an API with its key: a plan of its own, or the one that all APIs share. */
export function usagePlan(source: SamSource, stageId: string, build: Build): Generated[] {
  const { logicalId, properties } = source;
  const auth = isObject(properties.Auth) ? properties.Auth : {};
  const settings = auth.UsagePlan;
  if (!given(settings)) return [];
  const at = ['Auth', 'UsagePlan'];
  if (!isObject(settings)) return refuse(logicalId, at, 'UsagePlan has to be a map');
  for (const name in settings)
    if (!SETTINGS.includes(name))
      refuse(logicalId, [...at, name], `UsagePlan has no setting ${name}; it has ${SETTINGS.join(', ')}`);
  const kind = settings.CreateUsagePlan;
  if (!given(kind)) return refuse(logicalId, at, 'UsagePlan needs CreateUsagePlan');
  if (typeof kind !== 'string' || !KINDS.includes(kind))
    return refuse(
      logicalId,
      [...at, 'CreateUsagePlan'],
      `CreateUsagePlan has to be one of ${KINDS.join(', ')}`,
    );
  if (kind === 'NONE') return [];
  const plan = kind === 'SHARED' ? sharedPlan(source, stageId, build) : ownPlan(source, stageId);
  const made = planResources(plan);
  for (const name of ['UsagePlanName', 'Description', 'Quota', 'Tags', 'Throttle'])
    if (truthy(settings[name]) && made[0]) made[0].properties[name] = settings[name];
  return made;
}

const apiStage = (apiId: string, stageId: string): JsonObject => ({ ApiId: ref(apiId), Stage: ref(stageId) });
const stageKey = (apiId: string, stageId: string): JsonObject => ({
  RestApiId: ref(apiId),
  StageName: ref(stageId),
});

const ownPlan = ({ logicalId, passed }: SamSource, stageId: string): Plan => ({
  planId: `${logicalId}UsagePlan`,
  keyId: `${logicalId}ApiKey`,
  linkId: `${logicalId}UsagePlanKey`,
  dependsOn: [logicalId],
  apiStages: [apiStage(logicalId, stageId)],
  stageKeys: [stageKey(logicalId, stageId)],
  attributes: passed,
});

function sharedPlan({ logicalId, passed }: SamSource, stageId: string, build: Build): Plan {
  const shared = stateOf(build).usagePlan;
  const add = (list: Json[], item: Json): void => {
    if (!list.some((each) => sameData(each, item))) list.push(item);
  };
  add(shared.apis, logicalId);
  add(shared.apiStages, apiStage(logicalId, stageId));
  add(shared.stageKeys, stageKey(logicalId, stageId));
  return {
    planId: 'ServerlessUsagePlan',
    keyId: 'ServerlessApiKey',
    linkId: 'ServerlessUsagePlanKey',
    dependsOn: shared.apis,
    apiStages: shared.apiStages,
    stageKeys: shared.stageKeys,
    attributes: shared.attributes(passed, build.conditions),
  };
}

function planResources({
  planId,
  keyId,
  linkId,
  dependsOn,
  apiStages,
  stageKeys,
  attributes,
}: Plan): Generated[] {
  return [
    generated(planId, 'AWS::ApiGateway::UsagePlan', {
      attributes,
      dependsOn,
      properties: { ApiStages: apiStages },
    }),
    generated(keyId, 'AWS::ApiGateway::ApiKey', {
      attributes,
      dependsOn: [planId],
      properties: { Enabled: true, StageKeys: stageKeys },
    }),
    generated(linkId, 'AWS::ApiGateway::UsagePlanKey', {
      attributes,
      dependsOn: [keyId],
      properties: { KeyId: ref(keyId), KeyType: 'API_KEY', UsagePlanId: ref(planId) },
    }),
  ];
}
