import { defineService } from 'sparta-action';
import {
  alarms,
  apiDomain,
  cloudFrontDistribution,
  cloudMap,
  concurrency,
  dashboard,
  loadBalancer,
  logAggregation,
  publishOutput,
  s3Artifact,
  safeDeployment,
  versioning,
} from 'sparta-action/decorators';

const certificate = { Ref: 'Certificate' };

export default defineService({
  name: 'decorators',
  functions: {
    hello: {
      handler: 'src/hello.ts',
      aliases: { live: {} },
      decorators: [
        alarms({ errors: 5, duration: 2000, iteratorAge: 60_000, notify: [{ Ref: 'Alerts' }] }),
        publishOutput('HelloArn', { description: 'What others may call' }),
        safeDeployment({
          shift: 'Canary10Percent5Minutes',
          alarms: [{ Ref: 'HelloErrorsAlarm' }],
          before: 'check',
        }),
        concurrency({ reserved: 20, provisioned: { minimum: 1, maximum: 5 } }),
      ],
    },
    check: { handler: 'src/check.ts', decorators: [versioning()] },
  },
  apis: { hello: { kind: 'http', routes: { 'GET /hello': { function: 'hello', alias: 'live' } } } },
  decorators: [
    dashboard(),
    logAggregation({ shards: 1 }),
    cloudFrontDistribution({ origin: { api: 'hello' } }),
    apiDomain('hello', { name: 'api.example.com', certificate }),
    loadBalancer({
      subnets: [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }],
      securityGroups: [{ Ref: 'SecurityGroup' }],
      default: 'hello',
    }),
    cloudMap({ service: 'hello', resources: { Alerts: {} } }),
    s3Artifact({
      bucket: { Ref: 'Reports' },
      key: 'hello/outputs.json',
      content: { Hello: { 'Fn::GetAtt': ['Hello', 'Arn'] }, Api: { Ref: 'HelloApi' } },
    }),
  ],
  resources: {
    Alerts: { Type: 'AWS::SNS::Topic' },
    Reports: { Type: 'AWS::S3::Bucket' },
    Certificate: {
      Type: 'AWS::CertificateManager::Certificate',
      Properties: { DomainName: 'api.example.com', ValidationMethod: 'DNS' },
    },
    Network: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    SubnetA: {
      Type: 'AWS::EC2::Subnet',
      Properties: {
        VpcId: { Ref: 'Network' },
        CidrBlock: '10.0.0.0/24',
        AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
      },
    },
    SubnetB: {
      Type: 'AWS::EC2::Subnet',
      Properties: {
        VpcId: { Ref: 'Network' },
        CidrBlock: '10.0.1.0/24',
        AvailabilityZone: { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] },
      },
    },
    Gateway: { Type: 'AWS::EC2::InternetGateway' },
    Attachment: {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: { VpcId: { Ref: 'Network' }, InternetGatewayId: { Ref: 'Gateway' } },
    },
    SecurityGroup: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'Who may reach the load balancer',
        VpcId: { Ref: 'Network' },
        SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' }],
      },
    },
  },
  outputs: { Reports: { Value: { Ref: 'Reports' } } },
});
