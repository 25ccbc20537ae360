import { isFunctionCall } from '../../template/intrinsics.ts';
import { own } from '../../template/types.ts';
import { closest } from '../../text/closest.ts';
import type { ResourceDefinition, Service } from '../types.ts';
import type { Data, Value } from '../values.ts';

export const ref = (id: string): Data => ({ Ref: id });
export const getAtt = (id: string, attribute: string): Data => ({ 'Fn::GetAtt': [id, attribute] });
export const sub = (text: string, variables?: Readonly<Record<string, Data>>): Data => ({
  'Fn::Sub': variables ? [text, variables] : text,
});
/** Parts one after the other, which may be intrinsic functions. */
export const join = (...parts: readonly Data[]): Data => ({ 'Fn::Join': ['', parts] });

const arn = (id: string): Data => getAtt(id, 'Arn');

/** How the ARN of a resource is had, by type. Source: "Return values" in the reference of each type. */
const ARNS: Readonly<Record<string, (id: string) => Data>> = {
  'AWS::AmazonMQ::Broker': arn,
  'AWS::Cognito::UserPool': arn,
  'AWS::CodeCommit::Repository': arn,
  'AWS::DocDB::DBCluster': (id) =>
    sub('arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:${Cluster}', {
      Cluster: ref(id),
    }),
  'AWS::DynamoDB::GlobalTable': (id) => getAtt(id, 'StreamArn'),
  'AWS::DynamoDB::Table': (id) => getAtt(id, 'StreamArn'),
  'AWS::Events::EventBus': arn,
  'AWS::Kinesis::Stream': arn,
  'AWS::Kinesis::StreamConsumer': ref,
  'AWS::Logs::LogGroup': arn,
  'AWS::MSK::Cluster': ref,
  'AWS::MSK::ServerlessCluster': ref,
  'AWS::S3::Bucket': arn,
  'AWS::SNS::Topic': ref,
  'AWS::SQS::Queue': arn,
  'AWS::SecretsManager::Secret': ref,
};

/** What a definition refers to, or what is wrong with the reference. */
export type FoundArn =
  | { readonly arn: Data; readonly id?: string }
  | { readonly message: string; readonly next: string };

/**
 * The ARN that a value stands for: an ARN itself, an intrinsic function, or the logical ID of one of the service's
 * resources, which has to be of one of the types.
 */
export function findArn(service: Service, value: Value<string>, types: readonly string[]): FoundArn {
  if (typeof value !== 'string') return { arn: value, ...ownId(value) };
  if (value.startsWith('arn:')) return { arn: value };
  const resource = findResource(service, value, types);
  if ('message' in resource) return resource;
  return { arn: (ARNS[resource.Type] ?? arn)(value), id: value };
}

/** A resource of the service by its logical ID, or what is wrong with the reference. */
export function findResource(
  service: Service,
  id: string,
  types: readonly string[],
): ResourceDefinition | { readonly message: string; readonly next: string } {
  const resources = service.resources ?? {};
  const found = own(resources, id);
  const kinds = types.join(' or ');
  if (found === undefined) {
    const fitting = Object.keys(resources).filter((each) => types.includes(resources[each]?.Type ?? ''));
    const meant = closest(id, fitting);
    return {
      message: `${id} is no resource of this service`,
      next: meant ? `Write ${meant} if that is meant.` : `Add it to resources (${kinds}), or give an ARN.`,
    };
  }
  if (types.includes(found.Type)) return found;
  return { message: `${id} is of the type ${found.Type}`, next: `Name a resource of the type ${kinds}.` };
}

/** `{ Ref: X }` and `{ Fn::GetAtt: [X, ...] }` are about X. */
function ownId(value: Readonly<Record<string, unknown>>): { id?: string } {
  if (!isFunctionCall(value)) return {};
  const target = value.Ref ?? (Array.isArray(value['Fn::GetAtt']) ? value['Fn::GetAtt'][0] : undefined);
  return typeof target === 'string' && !target.startsWith('AWS::') ? { id: target } : {};
}
