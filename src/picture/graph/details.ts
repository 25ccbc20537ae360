import { isObject, type Json, own, scalarText } from '../../template/types.ts';
import { bytes } from '../../text/bytes.ts';
import type { DrawnResource } from '../types.ts';
import type { DrawnScope } from './scope.ts';

/** What is told of a resource under its name, shortest first; of APIs their routes are told beside. */
export function detailsOf(
  { id, type, written: properties }: DrawnResource,
  { source }: DrawnScope,
): readonly string[] {
  const size = own(source.codeSizes, id);
  const code = size === undefined ? [] : [bytes(size)];
  switch (type) {
    case 'AWS::Lambda::Function':
    case 'AWS::Serverless::Function': {
      const runtime = properties.PackageType === 'Image' ? 'image' : scalarText(properties.Runtime);
      const memory = scalarText(properties.MemorySize ?? 128);
      const arm = JSON.stringify(properties.Architectures ?? '').includes('arm64') ? ['arm64'] : [];
      return [runtime, ...(memory === '' ? [] : [`${memory} MB`]), ...arm, ...code].filter(
        (each) => each !== '',
      );
    }
    case 'AWS::Lambda::LayerVersion':
      return code;
    case 'AWS::ApiGateway::RestApi':
      return ['REST API'];
    case 'AWS::ApiGatewayV2::Api':
      return [properties.ProtocolType === 'WEBSOCKET' ? 'WebSocket API' : 'HTTP API'];
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable':
      return [keysOf(properties.KeySchema)].filter((each) => each !== '');
    case 'AWS::SQS::Queue':
    case 'AWS::SNS::Topic':
      return String(properties.FifoQueue ?? properties.FifoTopic) === 'true' ? ['FIFO'] : [];
    case 'AWS::Scheduler::Schedule':
    case 'AWS::Events::Rule':
      return [scalarText(properties.ScheduleExpression), sourcesOf(properties.EventPattern)].filter(
        (each) => each !== '',
      );
    case 'AWS::StepFunctions::StateMachine':
      return properties.StateMachineType === 'EXPRESS' ? ['express'] : [];
    default:
      return [];
  }
}

/** `customer, order` */
function keysOf(schema: Json | undefined): string {
  const names = (Array.isArray(schema) ? schema : []).map((each) =>
    isObject(each) ? scalarText(each.AttributeName) : '',
  );
  return names.filter((each) => each !== '').join(', ');
}

/** What an event pattern listens to: `aws.s3: Object Created` */
function sourcesOf(pattern: Json | undefined): string {
  if (!isObject(pattern)) return '';
  const list = (value: Json | undefined): string =>
    (Array.isArray(value) ? value : []).map(scalarText).filter(Boolean).join(', ');
  return [list(pattern.source), list(pattern['detail-type'])].filter((each) => each !== '').join(': ');
}
