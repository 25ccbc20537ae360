import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { refuse } from '../problems.ts';
import { truthy } from '../python/values.ts';
import { generated } from '../resource.ts';
import type { Generated, SamSource } from '../types.ts';
import type { Dependencies } from './dependencies.ts';
import type { Profile } from './profiles.ts';
import type { ResourceReference } from './resource-reference.ts';

/** A connector between two resources. */
interface Connection {
  readonly profile: Profile;
  /** What is allowed, for each of the permissions that are wanted. */
  readonly categories: readonly (readonly [name: string, allowed: Json])[];
  readonly ends: { readonly source: ResourceReference; readonly destination: ResourceReference };
  /** Behind logical IDs, where a connector has several destinations. */
  readonly suffix: string;
  /** Looked up when they are needed: until then, resources may be missing. */
  dependencies(): Dependencies;
}

/** What a connector makes between two resources. */
export function connectorResources(source: SamSource, connection: Connection): Generated[] {
  const { profile, ends, suffix } = connection;
  const { SourcePolicy } = profile.Properties;
  const end = SourcePolicy ? 'source' : 'destination';
  const needed = (value: Json | undefined, what: string): Json =>
    truthy(value)
      ? value
      : refuse(
          source.logicalId,
          [SourcePolicy ? 'Source' : 'Destination'],
          `${what} of the ${end} is not known`,
        );
  const owner = ends[end];
  const make = (id: string, type: string, properties: Generated['properties']): Generated =>
    generated(`${source.logicalId}${id}${suffix}`, type, {
      attributes: source.attributes,
      ...(source.dependsOn !== undefined && { dependsOn: source.dependsOn }),
      properties,
    });
  switch (profile.Type) {
    case 'AWS_IAM_ROLE_MANAGED_POLICY': {
      const policy = make('Policy', 'AWS::IAM::ManagedPolicy', {
        PolicyDocument: policyDocument(connection),
        Roles: [needed(owner.roleName, 'the name of the role')],
      });
      wait(policy, connection);
      return [policy];
    }
    case 'AWS_SQS_QUEUE_POLICY':
      return [
        make('QueuePolicy', 'AWS::SQS::QueuePolicy', {
          PolicyDocument: policyDocument(connection),
          Queues: [needed(owner.queueUrl, 'the URL of the queue')],
        }),
      ];
    case 'AWS_SNS_TOPIC_POLICY':
      return [
        make('TopicPolicy', 'AWS::SNS::TopicPolicy', {
          PolicyDocument: policyDocument(connection),
          Topics: [needed(owner.arn, 'the ARN of the topic')],
        }),
      ];
    case 'AWS_LAMBDA_PERMISSION': {
      const FunctionName = needed(owner.arn, 'the ARN of the function');
      return connection.categories.map(([name, allowed]) => {
        const { Action, Principal, SourceArn, SourceAccount }: JsonObject = isObject(allowed) ? allowed : {};
        return make(`${name}LambdaPermission`, 'AWS::Lambda::Permission', {
          Action,
          FunctionName,
          Principal,
          SourceArn,
          SourceAccount,
        });
      });
    }
  }
}

const policyDocument = ({ categories }: Connection): JsonObject => ({
  Version: '2012-10-17',
  Statement: categories.flatMap(([, allowed]) =>
    isObject(allowed) && Array.isArray(allowed.Statement) ? allowed.Statement : [],
  ),
});

/** Makes what uses the policy at once wait for it. */
function wait({ logicalId }: Generated, { profile, ends, dependencies }: Connection): void {
  const { source, destination } = ends;
  const { DependedBy } = profile.Properties;
  if (source.logicalId === undefined) return;
  if (DependedBy === 'SOURCE') dependencies().add(source.logicalId, logicalId);
  if (DependedBy !== 'DESTINATION_EVENT_SOURCE_MAPPING' || destination.logicalId === undefined) return;
  const mapping = dependencies().mapping(destination.logicalId, source.logicalId);
  if (mapping !== undefined) dependencies().add(mapping, logicalId);
}
