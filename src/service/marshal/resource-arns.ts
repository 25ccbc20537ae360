import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import type { Value } from '../values.ts';

const attribute = (id: string, name: string): Json => ({ 'Fn::GetAtt': [id, name] });
const below = (id: string, end: string): Json => ({ 'Fn::Sub': `\${${id}.Arn}${end}` });

/** What a privilege for a resource covers: the resource, and what belongs to it. */
const COVERS: Readonly<Record<string, (id: string) => readonly Json[]>> = {
  'AWS::S3::Bucket': (id) => [attribute(id, 'Arn'), below(id, '/*')],
  'AWS::DynamoDB::Table': (id) => [attribute(id, 'Arn'), below(id, '/index/*')],
  'AWS::DynamoDB::GlobalTable': (id) => [attribute(id, 'Arn'), below(id, '/index/*')],
  'AWS::Lambda::Function': (id) => [attribute(id, 'Arn'), below(id, ':*')],
  'AWS::Serverless::Function': (id) => [attribute(id, 'Arn'), below(id, ':*')],
  'AWS::Kinesis::Stream': (id) => [attribute(id, 'Arn')],
  'AWS::SNS::Topic': (id) => [{ Ref: id }],
  'AWS::SecretsManager::Secret': (id) => [{ Ref: id }],
  'AWS::StepFunctions::StateMachine': (id) => [{ Ref: id }],
  'AWS::Events::EventBus': (id) => [attribute(id, 'Arn')],
  'AWS::SSM::Parameter': (id) => [
    { 'Fn::Sub': `arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/\${${id}}` },
  ],
};

/** Whether a text names a resource of the service rather than being an ARN, or all resources. */
export const isLogicalId = (text: string): boolean => /^[A-Za-z][A-Za-z0-9]*$/.test(text);

/**
 * ARNs that a privilege is for.
 *
 * @param resources of the template, by logical ID
 */
export function resourceArns(
  value: Value<string> | readonly Value<string>[],
  resources: Readonly<Record<string, JsonObject>>,
): readonly Json[] {
  const list: readonly Value<string>[] = Array.isArray(value) ? value : [value as Value<string>];
  return list.flatMap((each): readonly Json[] => {
    if (typeof each !== 'string') return [each as Json];
    return isLogicalId(each) ? coveredBy(each, resources) : [each];
  });
}

function coveredBy(id: string, resources: Readonly<Record<string, JsonObject>>): readonly Json[] {
  const resource = Object.hasOwn(resources, id) ? resources[id] : undefined;
  const type = isObject(resource) ? String(resource.Type) : '';
  const covers = Object.hasOwn(COVERS, type) ? COVERS[type] : undefined;
  return covers ? covers(id) : [attribute(id, 'Arn')];
}
