import type { LambdaDecorator, ServiceDecorator } from '../hook-types.ts';
import type { Data } from '../values.ts';
import { output } from './add.ts';

/** What an output shows of a function. */
export interface OutputOptions {
  /** `Arn` by default; `Ref` is its name. */
  readonly attribute?: string;
  readonly description?: string;
}

/** Publishes an attribute of a function as an output of the stack. */
export const publishOutput = (
  name: string,
  { attribute = 'Arn', description }: OutputOptions = {},
): LambdaDecorator =>
  function publishOutput({ template, logicalId, functionName }) {
    const value: Data = attribute === 'Ref' ? { Ref: logicalId } : { 'Fn::GetAtt': [logicalId, attribute] };
    output(template, name, value, description ?? `${attribute} of ${functionName}`);
  };

/** A JSON document in S3. */
export interface S3ArtifactOptions {
  /** Name of a bucket, or an intrinsic function that gives it. */
  readonly bucket: Data;
  readonly key: string;
  /** What the document says; CloudFormation fills in intrinsic functions, and makes text of numbers. */
  readonly content: Readonly<Record<string, Data>>;
}

/** A decorator whose resource needs the function behind the custom resources, which is packaged before it is called. */
export type ArtifactDecorator = ServiceDecorator & { readonly artifact: S3ArtifactOptions };

/** Publishes values of the stack as a JSON document in S3, for later deployments; it is deleted with the stack. */
export const s3Artifact = (artifact: S3ArtifactOptions): ArtifactDecorator =>
  Object.assign(function s3Artifact() {}, { artifact });
