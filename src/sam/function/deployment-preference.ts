import { isObject, type Json } from '../../template/types.ts';
import type { Build } from '../context.ts';
import { isCall } from '../intrinsics.ts';
import { refuse } from '../problems.ts';
import { truthy } from '../python/values.ts';
import type { Generated, SamSource } from '../types.ts';

/** Enters `DeploymentPreference` of a function, and gives its alias the policy that shifts traffic. */
export function deploymentPreference(source: SamSource, alias: Generated | undefined, build: Build): void {
  const { logicalId, passed, properties } = source;
  const preference = properties.DeploymentPreference;
  if (!truthy(preference) || !isObject(preference)) return;
  const known = (value: Json | undefined): Json | undefined =>
    build.parameters.lookUp(build.parameters.resolve(value));
  for (const name of ['Enabled', 'Type'])
    if (Object.hasOwn(preference, name)) preference[name] = known(preference[name]) ?? null;
  preference.PassthroughCondition = Object.hasOwn(preference, 'PassthroughCondition')
    ? asBoolean(logicalId, known(preference.PassthroughCondition))
    : false;
  const isPropagated =
    truthy(properties.PropagateTags) && truthy(properties.Tags) && isObject(properties.Tags);
  const policy = build.deployments.add(logicalId, preference, {
    condition: passed.Condition,
    tags: isPropagated && isObject(properties.Tags) ? properties.Tags : undefined,
  });
  if (!policy) return;
  if (!alias)
    refuse(logicalId, ['DeploymentPreference'], 'DeploymentPreference needs AutoPublishAlias beside it');
  alias.attributes.UpdatePolicy = policy;
}

function asBoolean(logicalId: string, value: Json | undefined): boolean {
  if (value === true || value === 'true' || value === 'True' || value === 1) return true;
  if (value === false || value === 'false' || value === 'False' || value === 0) return false;
  const path = ['DeploymentPreference', 'PassthroughCondition'];
  if (isCall(value))
    return refuse(
      logicalId,
      path,
      'PassthroughCondition takes references to known parameters and Fn::FindInMap only',
    );
  return refuse(logicalId, path, 'PassthroughCondition has to be true or false');
}
