import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { propertyTable } from '../checks/property-table.ts';
import type { Build } from '../context.ts';
import { refuse } from '../problems.ts';
import { clone, given, truthy } from '../python/values.ts';
import { generated, samTags } from '../resource.ts';
import { RANKS, type SamType } from '../sam-type.ts';
import type { SamSource } from '../types.ts';

/** `AWS::Serverless::Application`: a nested stack, of a template or of an application of the repository. */
export const APPLICATION: SamType = {
  properties: propertyTable({
    Location: 'string|map!',
    TemplateUrl: 'string',
    Parameters: 'map',
    NotificationARNs: 'list<string|map>',
    Tags: 'map',
    TimeoutInMinutes: 'int',
  }),
  rank: RANKS.other,
  generate(source, build) {
    const { dependsOn, logicalId, passed, properties } = source;
    const { Location, NotificationARNs, Parameters, TimeoutInMinutes } = properties;
    const TemplateURL = isObject(Location) ? published(source, Location, build) : Location;
    const { ApplicationId, SemanticVersion } = isObject(Location) ? Location : {};
    return [
      generated(logicalId, 'AWS::CloudFormation::Stack', {
        attributes: passed,
        ...(dependsOn !== undefined && { dependsOn }),
        properties: {
          TemplateURL: truthy(TemplateURL) ? TemplateURL : '',
          Parameters,
          NotificationARNs,
          TimeoutInMinutes,
          Tags: samTags(source, {
            ...(given(ApplicationId) && { 'serverlessrepo:applicationId': ApplicationId }),
            ...(given(SemanticVersion) && { 'serverlessrepo:semanticVersion': SemanticVersion }),
          }),
        },
      }),
    ];
  },
};

/** Where the template of an application is; only the repository knows, so the caller tells it. */
function published({ logicalId }: SamSource, location: JsonObject, { context, parameters }: Build): Json {
  const known = (name: string): Json | undefined => {
    if (!Object.hasOwn(location, name)) return refuse(logicalId, ['Location'], `Location needs ${name}`);
    const value = parameters.lookUp(parameters.resolve(clone(location[name] ?? null)));
    location[name] = value ?? null;
    return value;
  };
  const [id, version] = [known('ApplicationId'), known('SemanticVersion')];
  for (const [name, value] of Object.entries({ ApplicationId: id, SemanticVersion: version })) {
    const path = ['Location', name];
    if (!truthy(value)) refuse(logicalId, path, `${name} has to be set`);
    if (isObject(value))
      refuse(logicalId, path, `${name} takes references to known parameters and Fn::FindInMap only`);
  }
  if (typeof id !== 'string' || typeof version !== 'string')
    return refuse(logicalId, ['Location'], 'ApplicationId and SemanticVersion have to be texts');
  if (/\{\{resolve:ssm:[a-zA-Z0-9_.\-/]+(:\d+)?\}\}/.test(id))
    return refuse(logicalId, ['Location', 'ApplicationId'], 'ApplicationId cannot be a dynamic reference');
  return (
    context.applicationUrl?.(id, version) ??
    `https://awsserverlessrepo-changesets-${context.region}.s3.amazonaws.com/${encodeURIComponent(id)}/${version}`
  );
}
