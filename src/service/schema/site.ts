import type { SiteDefinition, SiteDomain } from '../site-types.ts';
import * as s from './kinds.ts';

const value = s.value(s.text());

export const site = s.object<SiteDefinition>('SiteDefinition', {
  folder: s.required(s.text({ pattern: /^\S.*$/, accepts: 'a folder' })),
  command: s.optional(s.text()),
  inputs: s.optional(s.list(s.text(), { min: 1 })),
  hosting: s.optional(s.choice('cloudfront', 'public-website')),
  index: s.optional(s.text()),
  notFound: s.optional(s.text()),
  singlePage: s.optional(s.boolean),
  cache: s.optional(s.map(s.text())),
  manifest: s.optional(s.map(value)),
  domain: s.optional(
    s.object<SiteDomain>('SiteDomain', {
      names: s.required(s.list(s.text(), { min: 1 })),
      certificate: s.required(value),
      zone: s.optional(value),
    }),
  ),
  priceClass: s.optional(s.choice('PriceClass_100', 'PriceClass_200', 'PriceClass_All')),
});
