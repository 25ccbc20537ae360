import { apiId } from '../declare/apis/index.ts';
import type { ServiceDecorator } from '../hook-types.ts';
import { logicalId } from '../marshal/ids.ts';
import type { Service } from '../types.ts';
import type { Data, Value } from '../values.ts';
import { add, namedFunction, output } from './add.ts';

export interface CloudFrontOptions {
  /** Logical ID; `Distribution` by default. */
  readonly id?: string;
  /** What is behind it: an API of the service, a function with a URL, or any host. */
  readonly origin:
    | { readonly api: string }
    | { readonly functionUrl: string }
    | { readonly host: Value<string>; readonly path?: string };
  /** Domain names of your own, and their certificate, which has to be in us-east-1. */
  readonly names?: readonly string[];
  readonly certificate?: Value<string>;
  /** ID of the hosted zone that gets records for the names. */
  readonly zone?: Value<string>;
  /** ID of a cache policy; nothing is kept by default, since APIs answer each time anew. */
  readonly cachePolicy?: Value<string>;
}

/** Policies that AWS keeps: CachingDisabled, AllViewerExceptHostHeader. */
const NO_CACHE = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_BUT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

/** A CloudFront distribution in front of an API, a function or a host. */
export const cloudFrontDistribution = (options: CloudFrontOptions): ServiceDecorator =>
  function cloudFrontDistribution({ template, service }) {
    const { id = 'Distribution', names, certificate, zone, cachePolicy = NO_CACHE } = options;
    const { host, path } = originOf(service, options.origin);
    if (names && certificate === undefined) throw new Error('names need a certificate');
    add(template, id, {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Enabled: true,
          HttpVersion: 'http2and3',
          IPV6Enabled: true,
          Origins: [
            {
              Id: 'origin',
              DomainName: host,
              ...(path !== undefined && { OriginPath: path }),
              CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
            },
          ],
          DefaultCacheBehavior: {
            TargetOriginId: 'origin',
            ViewerProtocolPolicy: 'redirect-to-https',
            AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
            Compress: true,
            CachePolicyId: cachePolicy,
            OriginRequestPolicyId: ALL_BUT_HOST,
          },
          ...(names && {
            Aliases: names,
            ViewerCertificate: {
              AcmCertificateArn: certificate ?? '',
              MinimumProtocolVersion: 'TLSv1.2_2021',
              SslSupportMethod: 'sni-only',
            },
          }),
        },
      },
    });
    for (const [index, name] of (zone === undefined ? [] : (names ?? [])).entries()) {
      for (const Type of ['A', 'AAAA']) {
        add(template, `${id}Record${index}${Type}`, {
          Type: 'AWS::Route53::RecordSet',
          Properties: {
            HostedZoneId: zone ?? '',
            Name: name,
            Type,
            AliasTarget: { DNSName: { 'Fn::GetAtt': [id, 'DomainName'] }, HostedZoneId: CLOUDFRONT_ZONE },
          },
        });
      }
    }
    const address: Data = {
      'Fn::Join': ['', ['https://', names?.[0] ?? { 'Fn::GetAtt': [id, 'DomainName'] }]],
    };
    output(template, `${id}Url`, address, 'Address of the distribution');
  };

interface Origin {
  readonly host: Data;
  readonly path?: string;
}

function originOf(service: Service, origin: CloudFrontOptions['origin']): Origin {
  if ('host' in origin) return origin;
  if ('functionUrl' in origin) {
    const id = logicalId(namedFunction(service, origin.functionUrl));
    if (!service.functions?.[origin.functionUrl]?.url)
      throw new Error(`the function ${origin.functionUrl} has no url`);
    return {
      host: { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': [`${id}Url`, 'FunctionUrl'] }] }] },
    };
  }
  const api = service.apis?.[origin.api];
  if (!api) throw new Error(`there is no API ${origin.api}`);
  const host = { 'Fn::Sub': `\${${apiId(origin.api)}}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}` };
  const stage = api.stage ?? (api.kind === 'http' ? undefined : 'prod');
  return { host, ...(stage !== undefined && { path: `/${stage}` }) };
}
