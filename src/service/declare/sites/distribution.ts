import type { SiteDefinition } from '../../site-types.ts';
import type { Data } from '../../values.ts';
import { addResource, type Draft } from '../draft.ts';
import { shortHash } from '../identifiers.ts';
import { getAtt, join, ref, sub } from '../resources.ts';
import { addPolicy, reading } from './bucket-policy.ts';

/** Policies that AWS keeps: CachingOptimized, SecurityHeadersPolicy. */
const CACHE_POLICY = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const HEADERS_POLICY = '67f7725c-6f97-4210-82d7-5512b31e9d03';
/** Hosted zone of every distribution. */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

/** The distribution in front of a private bucket, which it alone may read; returns its logical ID. */
export function addDistribution(draft: Draft, id: string, bucket: string, site: SiteDefinition): string {
  const { domain, index = 'index.html', priceClass } = site;
  const access = addResource(draft, `${id}AccessControl`, {
    Type: 'AWS::CloudFront::OriginAccessControl',
    Properties: {
      OriginAccessControlConfig: {
        Name: join(ref('AWS::StackName'), `-${id}`),
        OriginAccessControlOriginType: 's3',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      },
    },
  });
  const distribution = addResource(draft, `${id}Distribution`, {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        HttpVersion: 'http2and3',
        IPV6Enabled: true,
        DefaultRootObject: index,
        ...(priceClass && { PriceClass: priceClass }),
        Origins: [
          {
            Id: 'bucket',
            DomainName: getAtt(bucket, 'RegionalDomainName'),
            OriginAccessControlId: getAtt(access, 'Id'),
            S3OriginConfig: { OriginAccessIdentity: '' },
          },
        ],
        DefaultCacheBehavior: {
          TargetOriginId: 'bucket',
          ViewerProtocolPolicy: 'redirect-to-https',
          Compress: true,
          CachePolicyId: CACHE_POLICY,
          ResponseHeadersPolicyId: HEADERS_POLICY,
        },
        ...errorPages(site, index),
        ...(domain && {
          Aliases: domain.names,
          ViewerCertificate: {
            AcmCertificateArn: domain.certificate,
            MinimumProtocolVersion: 'TLSv1.2_2021',
            SslSupportMethod: 'sni-only',
          },
        }),
      },
    },
  });
  addPolicy(draft, bucket, [
    {
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      ...reading(bucket),
      Condition: {
        StringEquals: {
          'AWS:SourceArn': sub(
            'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}',
            {
              Distribution: ref(distribution),
            },
          ),
        },
      },
    },
  ]);
  addRecords(draft, id, site, distribution);
  return distribution;
}

/** Nobody may list the bucket, so S3 says that what is not there is forbidden. */
function errorPages({ notFound, singlePage }: SiteDefinition, index: string): Record<string, Data> {
  const page = singlePage ? index : notFound;
  if (page === undefined) return {};
  return {
    CustomErrorResponses: [403, 404].map((ErrorCode) => ({
      ErrorCode,
      ResponseCode: singlePage ? 200 : 404,
      ResponsePagePath: `/${page}`,
    })),
  };
}

function addRecords(draft: Draft, id: string, { domain }: SiteDefinition, distribution: string): void {
  if (domain?.zone === undefined) return;
  for (const name of domain.names) {
    for (const Type of ['A', 'AAAA']) {
      addResource(draft, `${id}Record${shortHash(name)}${Type}`, {
        Type: 'AWS::Route53::RecordSet',
        Properties: {
          HostedZoneId: domain.zone,
          Name: name,
          Type,
          AliasTarget: { DNSName: getAtt(distribution, 'DomainName'), HostedZoneId: CLOUDFRONT_ZONE },
        },
      });
    }
  }
}
