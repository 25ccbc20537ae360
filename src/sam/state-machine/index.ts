import { isObject, type Json } from '../../template/types.ts';
import { propertyTable } from '../checks/property-table.ts';
import type { Build } from '../context.ts';
import { stateMachineEvents } from '../events/index.ts';
import { trusts } from '../iam/documents.ts';
import { expandPolicyTemplates, roleOf } from '../iam/policies.ts';
import { refuse } from '../problems.ts';
import { truthy } from '../python/values.ts';
import { generated, getAtt, propagateTags, ref, tagList } from '../resource.ts';
import { RANKS, type SamType } from '../sam-type.ts';
import type { Generated, SamSource } from '../types.ts';
import { definitionOf } from './definition.ts';

/** `AWS::Serverless::StateMachine`. */
export const STATE_MACHINE: SamType = {
  properties: propertyTable({
    Definition: 'map',
    DefinitionUri: 'string|map',
    Logging: 'map',
    Role: 'string',
    RolePath: 'any',
    DefinitionSubstitutions: 'map',
    Events: 'map<map>',
    Name: 'string',
    Type: 'string',
    Tags: 'map',
    PropagateTags: 'bool',
    Policies: 'string|list<string|map|map>',
    Tracing: 'map',
    PermissionsBoundary: 'string',
    AutoPublishAlias: 'any',
    DeploymentPreference: 'any',
    UseAliasAsEventTarget: '=bool',
  }),
  rank: RANKS.stateMachine,
  generate(source, build) {
    expandPolicyTemplates(source);
    const { attributes, dependsOn, logicalId, properties } = source;
    const { Role, Policies, Name, Type, Logging, Tracing, UseAliasAsEventTarget } = properties;
    const machine = generated(logicalId, 'AWS::StepFunctions::StateMachine', {
      attributes,
      ...(dependsOn !== undefined && { dependsOn }),
      properties: {
        ...definitionOf(source),
        StateMachineName: Name,
        StateMachineType: Type,
        LoggingConfiguration: Logging,
        TracingConfiguration: Tracing,
        Tags: tags(source),
      },
    });
    const resources = [machine];
    if (truthy(Role) && truthy(Policies))
      refuse(logicalId, ['Policies'], 'Role and Policies exclude each other; remove one of them');
    if (truthy(Role)) machine.properties.RoleArn = Role;
    else {
      const role = executionRole(source, build);
      machine.properties.RoleArn = getAtt(role.logicalId, 'Arn');
      resources.push(role);
    }
    const shifted = published(source);
    resources.push(...shifted);
    const target = truthy(UseAliasAsEventTarget) ? (shifted.at(-1) ?? machine) : machine;
    resources.push(
      ...stateMachineEvents(source, { target, permissionsBoundary: properties.PermissionsBoundary }, build),
    );
    propagateTags(resources, source);
    return resources;
  },
};

const tags = ({ properties }: SamSource): Json[] => [
  { Key: 'stateMachine:createdBy', Value: 'SAM' },
  ...tagList(properties.Tags),
];

function executionRole(source: SamSource, build: Build): Generated {
  const { passed, properties } = source;
  const { Policies, Tracing } = properties;
  const isTraced = isObject(Tracing) && Tracing.Enabled === true;
  if (isTraced) {
    const policies = truthy(Policies) ? Policies : [];
    const xray = build.partition === 'aws' ? 'AWSXrayWriteOnlyAccess' : 'AWSXRayDaemonWriteAccess';
    properties.Policies = [...(Array.isArray(policies) ? policies : [policies]), xray];
  }
  return roleOf(
    source,
    {
      trust: trusts('states.amazonaws.com'),
      managed: [],
      inline: [],
      tags: tags(source),
      path: properties.RolePath,
      attributes: passed,
    },
    build,
  );
}

/** A version and its alias, to which traffic is shifted. */
function published({ logicalId, passed, properties }: SamSource): Generated[] {
  const { AutoPublishAlias, DeploymentPreference, UseAliasAsEventTarget } = properties;
  if (!truthy(AutoPublishAlias)) {
    for (const [name, value] of Object.entries({ UseAliasAsEventTarget, DeploymentPreference }))
      if (truthy(value)) refuse(logicalId, [name], `${name} needs AutoPublishAlias beside it`);
    return [];
  }
  if (typeof AutoPublishAlias !== 'string' || !/^[A-Za-z0-9]+$/.test(AutoPublishAlias))
    return refuse(logicalId, ['AutoPublishAlias'], 'AutoPublishAlias has to be a text of letters and digits');
  const version = generated(`${logicalId}Version`, 'AWS::StepFunctions::StateMachineVersion', {
    attributes: { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', ...passed },
    properties: {
      StateMachineArn: ref(logicalId),
      StateMachineRevisionId: getAtt(logicalId, 'StateMachineRevisionId'),
    },
  });
  const preference =
    truthy(DeploymentPreference) && isObject(DeploymentPreference)
      ? DeploymentPreference
      : { Type: 'ALL_AT_ONCE' };
  const alias = generated(`${logicalId}Alias${AutoPublishAlias}`, 'AWS::StepFunctions::StateMachineAlias', {
    attributes: passed,
    properties: {
      Name: AutoPublishAlias,
      DeploymentPreference: { ...preference, StateMachineVersionArn: ref(version.logicalId) },
    },
  });
  return [version, alias];
}
