import type { SiteDefinition } from '../../site-types.ts';
import type { Data } from '../../values.ts';
import { customResource } from '../custom-resource.ts';
import { addOutput, type Draft, setResource } from '../draft.ts';
import { pascal } from '../identifiers.ts';
import { getAtt, join, ref, sub } from '../resources.ts';
import { addPolicy, reading } from './bucket-policy.ts';
import { addDistribution } from './distribution.ts';

/** Logical ID that names of a site's resources begin with. */
export const siteId = (name: string): string => `${pascal(name)}Site`.replace(/SiteSite$/, 'Site');

/** Sites of the service. They come last: their manifests hold the addresses of what comes before. */
export function addSites(draft: Draft): void {
  const addresses = Object.fromEntries(
    [...draft.outputs].flatMap(([name, { Value }]) => (name.endsWith('Url') ? [[name, Value]] : [])),
  );
  for (const [name, site] of Object.entries(draft.service.sites ?? {})) {
    const path = ['sites', name];
    const isPublic = site.hosting === 'public-website';
    if (isPublic && (site.domain || site.priceClass)) {
      draft.faults.push({
        path,
        message: 'a public website has no CloudFront, and so neither domain nor priceClass',
        next: 'Remove them, or hosting.',
      });
    }
    if (site.singlePage && site.notFound !== undefined) {
      draft.faults.push({
        path: [...path, 'notFound'],
        message: 'a single page is shown where there is nothing',
        next: 'Remove notFound or singlePage.',
      });
    }
    addSite(draft, siteId(name), name, site, addresses);
  }
}

function addSite(
  draft: Draft,
  id: string,
  name: string,
  site: SiteDefinition,
  addresses: Readonly<Record<string, Data>>,
): void {
  const bucket = `${id}Bucket`;
  const isPublic = site.hosting === 'public-website';
  setResource(draft, bucket, {
    Type: 'AWS::S3::Bucket',
    Properties: isPublic ? publicBucket(site) : PRIVATE_BUCKET,
  });
  const distribution = isPublic ? undefined : addDistribution(draft, id, bucket, site);
  if (isPublic) addPolicy(draft, bucket, [{ Effect: 'Allow', Principal: '*', ...reading(bucket) }]);
  const manifest = { ...addresses, ...site.manifest };
  const content = `${id}Content`;
  customResource(draft, content, {
    type: 'Site',
    properties: {
      SourceBucket: '',
      SourceKey: '',
      BucketName: ref(bucket),
      ...(site.cache && {
        Cache: Object.entries(site.cache).map(([Pattern, Header]) => ({ Pattern, Header })),
      }),
      ...(Object.keys(manifest).length > 0 && { Manifest: manifest }),
      ...(distribution !== undefined && { DistributionId: ref(distribution) }),
    },
    grants: [
      // The first, so that the archive's address finds its place.
      { actions: ['s3:GetObject'], resources: [ARCHIVE] },
      { actions: ['s3:ListBucket'], resources: [getAtt(bucket, 'Arn')] },
      { actions: ['s3:DeleteObject', 's3:PutObject'], resources: [join(getAtt(bucket, 'Arn'), '/*')] },
      ...(distribution === undefined
        ? []
        : [
            {
              actions: ['cloudfront:CreateInvalidation'],
              resources: [
                sub('arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}', {
                  Distribution: ref(distribution),
                }),
              ],
            },
          ]),
    ],
  });
  draft.assets.push({
    source: {
      kind: 'site',
      folder: site.folder,
      ...(site.command !== undefined && { command: site.command }),
      ...(site.inputs && { inputs: site.inputs }),
    },
    targets: [
      { logicalId: content, path: [], bucket: 'SourceBucket', key: 'SourceKey' },
      {
        logicalId: `${content}Policy`,
        path: ['PolicyDocument', 'Statement', 0, 'Resource', 0, 'Fn::Sub', 1],
        bucket: 'Bucket',
        key: 'Key',
      },
    ],
  });
  const address = site.domain?.names[0];
  addOutput(draft, `${id}Url`, {
    Description: `Address of the site ${name}`,
    Value:
      distribution === undefined
        ? getAtt(bucket, 'WebsiteURL')
        : join('https://', address ?? getAtt(distribution, 'DomainName')),
  });
}

/** It is in the bucket of artifacts, under a name that is known only when it is made. */
const ARCHIVE: Data = {
  'Fn::Sub': ['arn:${AWS::Partition}:s3:::${Bucket}/${Key}', { Bucket: '', Key: '' }],
};

const PRIVATE_BUCKET: Readonly<Record<string, Data>> = {
  OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  },
};

/** Without access control lists: a bucket policy is what makes it public. */
const publicBucket = ({
  index = 'index.html',
  notFound,
  singlePage,
}: SiteDefinition): Readonly<Record<string, Data>> => ({
  OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    BlockPublicPolicy: false,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: false,
  },
  WebsiteConfiguration: {
    IndexDocument: index,
    ...((singlePage || notFound !== undefined) && { ErrorDocument: notFound ?? index }),
  },
});
