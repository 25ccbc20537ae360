import type { Build } from '../context.ts';
import { functionEvents } from '../events/index.ts';
import { expandPolicyTemplates } from '../iam/policies.ts';
import { propagateTags } from '../resource.ts';
import { RANKS, type SamType } from '../sam-type.ts';
import type { Generated, SamSource } from '../types.ts';
import { checkFunction } from './checks.ts';
import { deploymentPreference } from './deployment-preference.ts';
import { eventInvokeConfig } from './invoke-config.ts';
import { lambdaFunction } from './lambda.ts';
import { FUNCTION_PROPERTIES } from './properties.ts';
import { assignRole, executionRole } from './role.ts';
import { functionUrl } from './url.ts';
import { published } from './version.ts';

/** `AWS::Serverless::Function`. */
export const FUNCTION: SamType = {
  properties: FUNCTION_PROPERTIES,
  parts: {
    Alias: 'AWS::Lambda::Alias',
    Version: 'AWS::Lambda::Version',
    DestinationTopic: 'AWS::SNS::Topic',
    DestinationQueue: 'AWS::SQS::Queue',
  },
  rank: RANKS.function,
  generate(source: SamSource, build: Build): readonly Generated[] {
    expandPolicyTemplates(source);
    checkFunction(source);
    const lambda = lambdaFunction(source, build);
    const publication = published(source, lambda, build);
    const alias = publication?.alias;
    const resources = [lambda];
    if (publication) resources.push(publication.version, publication.alias);
    resources.push(...functionUrl(source, alias));
    deploymentPreference(source, alias, build);
    const invocation = eventInvokeConfig(source, publication, build);
    resources.push(...invocation.resources);
    const role = executionRole(source, invocation.policies, build);
    resources.push(...assignRole(source, { lambda, role }, build));
    resources.push(...functionEvents(source, { target: alias ?? lambda, role }, build));
    propagateTags(resources, source);
    return resources;
  },
};
