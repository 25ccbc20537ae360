import type { Value } from './values.ts';

/** Static files on the web. By default their bucket is private, and CloudFront shows them. */
export interface SiteDefinition {
  /** The folder with the files, relative to the definition; what `command` leaves there, where there is one. */
  readonly folder: string;
  /** One line for the shell, in the definition's folder, that makes the folder. */
  readonly command?: string;
  /** Files, folders and patterns: all that the command is given; by default the whole workspace. */
  readonly inputs?: readonly string[];
  /** `public-website` has everybody read the bucket itself, over plain HTTP. */
  readonly hosting?: 'cloudfront' | 'public-website';
  /** What `/` shows; `index.html` by default. */
  readonly index?: string;
  /** What is shown where there is nothing, as an error. */
  readonly notFound?: string;
  /** Shows the index, and no error, where there is nothing: the page itself knows what to show. */
  readonly singlePage?: boolean;
  /** `Cache-Control` headers by patterns of file names, such as `assets/**`; the first that matches counts. */
  readonly cache?: Readonly<Record<string, string>>;
  /** What MANIFEST.json says besides the addresses of the service's APIs. */
  readonly manifest?: Readonly<Record<string, Value<string>>>;
  /** With CloudFront: domain names of your own. */
  readonly domain?: SiteDomain;
  /** Where CloudFront has its copies; everywhere by default. */
  readonly priceClass?: 'PriceClass_100' | 'PriceClass_200' | 'PriceClass_All';
}

export interface SiteDomain {
  readonly names: readonly string[];
  /** ARN of a certificate in us-east-1. */
  readonly certificate: Value<string>;
  /** ID of the hosted zone that gets records for the names. */
  readonly zone?: Value<string>;
}
