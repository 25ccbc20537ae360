import { describe, expect, it } from '@jest/globals';
import type { SiteDefinition } from '../../../src/service/site-types.ts';
import type { Service } from '../../../src/service/types.ts';
import { faultsOf, lint, propertiesOf, templateOf } from './support.ts';

const of = (site: SiteDefinition): Service => ({
  name: 'shop',
  functions: { list: { handler: 'list.ts' } },
  apis: { shop: { kind: 'http', routes: { 'GET /orders': 'list' } } },
  sites: { web: site },
});
const FULL: SiteDefinition = {
  folder: 'web',
  command: 'npm run build',
  singlePage: true,
  cache: { 'assets/**': 'max-age=31536000, immutable', '**': 'no-cache' },
  manifest: { Region: { Ref: 'AWS::Region' } },
  domain: {
    names: ['shop.example.com', 'www.shop.example.com'],
    certificate: 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-1111-2222-333344445555',
    zone: 'Z0123456789ABC',
  },
  priceClass: 'PriceClass_100',
};

it('sites of every kind are something that CloudFormation takes', async () => {
  const templates = {
    plain: templateOf(of({ folder: 'web' })),
    full: templateOf(of(FULL)),
    public: templateOf(of({ folder: 'web', hosting: 'public-website', notFound: '404.html' })),
  };
  expect(await lint(templates)).toEqual([]);
});

describe('a site', () => {
  const plain = of({ folder: 'web' });

  it('is read by its distribution alone', () => {
    expect(propertiesOf(plain, 'WebSiteBucket').PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    const { PolicyDocument } = propertiesOf(plain, 'WebSiteBucketPolicy');
    expect(PolicyDocument).toMatchObject({
      Statement: [{ Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 's3:GetObject' }],
    });
    expect(JSON.stringify(PolicyDocument)).toContain('AWS:SourceArn');
  });
  it('is public when that is what is asked for', () => {
    const open = of({ folder: 'web', hosting: 'public-website' });
    expect(propertiesOf(open, 'WebSiteBucketPolicy').PolicyDocument).toMatchObject({
      Statement: [{ Principal: '*', Action: 's3:GetObject' }],
    });
    expect(JSON.stringify(templateOf(open))).not.toContain('CloudFront');
  });
  it('knows the addresses of the APIs', () => {
    expect(propertiesOf(of(FULL), 'WebSiteContent').Manifest).toEqual({
      ShopApiUrl: { 'Fn::GetAtt': ['ShopApi', 'ApiEndpoint'] },
      Region: { Ref: 'AWS::Region' },
    });
  });
});

describe('faults', () => {
  it.each<[string, SiteDefinition, string]>([
    [
      'CloudFront settings without CloudFront',
      { folder: 'web', hosting: 'public-website', priceClass: 'PriceClass_100' },
      'sites.web: a public website has no CloudFront, and so neither domain nor priceClass. Remove them, or hosting.',
    ],
    [
      'two pages for what is not there',
      { folder: 'web', singlePage: true, notFound: '404.html' },
      'sites.web.notFound: a single page is shown where there is nothing. Remove notFound or singlePage.',
    ],
  ])('%s', (_, site, fault) => expect(faultsOf(of(site))).toEqual([fault]));
});
