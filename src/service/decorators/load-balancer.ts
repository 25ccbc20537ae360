import type { ServiceDecorator } from '../hook-types.ts';
import { logicalId } from '../marshal/ids.ts';
import type { Service } from '../types.ts';
import type { Data, Value } from '../values.ts';
import { type Added, add, namedFunction, output } from './add.ts';

export interface LoadBalancerOptions {
  readonly subnets: readonly Value<string>[];
  readonly securityGroups: readonly Value<string>[];
  /** ARN of a certificate: with it the load balancer listens to HTTPS, and sends HTTP there. */
  readonly certificate?: Value<string>;
  /** Only in the VPC. */
  readonly internal?: boolean;
  /** The function that answers what no rule is about. */
  readonly default: string;
  /** The first that fits counts. */
  readonly rules?: readonly LoadBalancerRule[];
}

export interface LoadBalancerRule {
  readonly function: string;
  readonly paths?: readonly string[];
  readonly hosts?: readonly string[];
  readonly methods?: readonly string[];
}

/** An application load balancer in front of functions. */
export const loadBalancer = (options: LoadBalancerOptions): ServiceDecorator =>
  function loadBalancer({ template, service }) {
    const { subnets, securityGroups, certificate, internal, rules = [] } = options;
    add(template, 'LoadBalancer', {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: {
        Type: 'application',
        Scheme: internal ? 'internal' : 'internet-facing',
        Subnets: subnets,
        SecurityGroups: securityGroups,
        LoadBalancerAttributes: [{ Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' }],
      },
    });
    for (const name of new Set([options.default, ...rules.map((rule) => rule.function)])) {
      for (const [id, resource] of targetOf(service, name)) add(template, id, resource);
    }
    add(template, 'LoadBalancerListener', {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: 'LoadBalancer' },
        ...(certificate === undefined
          ? { Port: 80, Protocol: 'HTTP' }
          : {
              Port: 443,
              Protocol: 'HTTPS',
              Certificates: [{ CertificateArn: certificate }],
              SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
            }),
        DefaultActions: [forward(options.default)],
      },
    });
    if (certificate !== undefined) add(template, 'LoadBalancerRedirect', REDIRECT);
    for (const [index, rule] of rules.entries()) {
      add(template, `LoadBalancerRule${index + 1}`, {
        Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
        Properties: {
          ListenerArn: { Ref: 'LoadBalancerListener' },
          Priority: index + 1,
          Conditions: conditions(rule),
          Actions: [forward(rule.function)],
        },
      });
    }
    const url = { 'Fn::Sub': `${certificate === undefined ? 'http' : 'https'}://\${LoadBalancer.DNSName}` };
    output(template, 'LoadBalancerUrl', url, 'Address of the load balancer');
  };

const REDIRECT: Added = {
  Type: 'AWS::ElasticLoadBalancingV2::Listener',
  Properties: {
    LoadBalancerArn: { Ref: 'LoadBalancer' },
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: [
      { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
    ],
  },
};

const targetId = (name: string): string => `${logicalId(name)}TargetGroup`;

const forward = (name: string): Data => ({ Type: 'forward', TargetGroupArn: { Ref: targetId(name) } });

/** A target group takes a function only once it may be called, so the permission cannot name the group. */
function targetOf(service: Service, name: string): [string, Added][] {
  const id = logicalId(namedFunction(service, name));
  const permission = `${id}LoadBalancerPermission`;
  return [
    [
      permission,
      {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: { 'Fn::GetAtt': [id, 'Arn'] },
          Principal: 'elasticloadbalancing.amazonaws.com',
          SourceArn: {
            'Fn::Sub':
              'arn:${AWS::Partition}:elasticloadbalancing:${AWS::Region}:${AWS::AccountId}:targetgroup/*',
          },
        },
      },
    ],
    [
      targetId(name),
      {
        Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
        DependsOn: [permission],
        Properties: { TargetType: 'lambda', Targets: [{ Id: { 'Fn::GetAtt': [id, 'Arn'] } }] },
      },
    ],
  ];
}

function conditions({ function: name, paths, hosts, methods }: LoadBalancerRule): Data[] {
  const all: Data[] = [
    ...(paths ? [{ Field: 'path-pattern', PathPatternConfig: { Values: paths } }] : []),
    ...(hosts ? [{ Field: 'host-header', HostHeaderConfig: { Values: hosts } }] : []),
    ...(methods ? [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: methods } }] : []),
  ];
  if (all.length === 0) throw new Error(`the rule for ${name} has neither paths, hosts nor methods`);
  return all;
}
