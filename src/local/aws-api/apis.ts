import type { AwsApi, AwsApis } from './types.ts';

/** What `AWS_ENDPOINT_URL_...` calls the services; source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints". */
const VARIABLES: Readonly<Record<string, string>> = {
  sqs: 'SQS',
  sns: 'SNS',
  events: 'EVENTBRIDGE',
  scheduler: 'SCHEDULER',
  states: 'SFN',
  'execute-api': 'APIGATEWAYMANAGEMENTAPI',
  iotdata: 'IOT_DATA_PLANE',
  s3: 'S3',
};

export function createApis(): AwsApis {
  const apis = new Map<string, AwsApi>();
  return {
    add: (service, api) => void apis.set(service, api),
    of: (service) => apis.get(service),
    variables: () => [...apis.keys()].flatMap((service) => VARIABLES[service] ?? []),
  };
}
