import type { TemplatePath } from '../types.ts';

/** What receives the location of an asset. */
export type AssetTarget = PropertyTarget | ParameterTarget;

/** A property of a resource (or any other place of a template) that receives a location. */
export interface PropertyTarget {
  readonly kind: 'property';
  /** Id of the nested template; absent for the root. */
  readonly template?: string;
  /** From the template's root: `['Resources', 'Hello', 'Properties', 'Code']`. */
  readonly path: TemplatePath;
  readonly form: LocationForm;
}

/** Template parameters that receive a location (CDK v1, Sparta). */
export interface ParameterTarget {
  readonly kind: 'parameter';
  /** Each parameter, and what it is given. `version-key` is CDK v1's `<prefix>||<key>`. */
  readonly parameters: Readonly<Record<string, ParameterPart>>;
}

/** The part of a location that a parameter receives. */
export type ParameterPart = 'bucket' | 'key' | 'version' | 'version-key' | 'hash' | 'image-uri';

/** How a property wants a location written. */
export type LocationForm =
  /** `s3://bucket/key` */
  | { readonly kind: 's3-uri' }
  /** `https://s3.<region>.amazonaws.com/bucket/key` */
  | { readonly kind: 'https-url' }
  /** A map of the named keys, e.g. `{ S3Bucket, S3Key }`; what else stands there (an encryption key) is kept. */
  | { readonly kind: 'object'; readonly bucket: string; readonly key: string }
  /** The bucket or the key alone, as the value itself: for properties that take no function call as a whole */
  | { readonly kind: 'bucket' }
  | { readonly kind: 'key' }
  /** An image reference by digest, as the value itself */
  | { readonly kind: 'image-uri' }
  /** The template says it already (CDK), by the destination of the asset: the property is left as it is. */
  | { readonly kind: 'kept' };
