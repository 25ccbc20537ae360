import { inlineFileOf } from '../../runtimes.ts';
import { isObject, type Json, type JsonObject, own, type Template } from '../types.ts';
import { knownValue } from '../values/known-value.ts';

/** Where a template says that the code of a function is. */
export type CodeLocation =
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly key: string;
      readonly version?: string;
      /** Lambda reads it there, and keeps no copy. */
      readonly byReference?: true;
    }
  | { readonly kind: 'image'; readonly uri: string }
  /** Code in the template itself, and the name of the one file that CloudFormation makes of it. */
  | { readonly kind: 'inline'; readonly file: string; readonly source: string };

/** Types of resources that are a function, or become one. */
export const FUNCTION_TYPES: ReadonlySet<string> = new Set([
  'AWS::Lambda::Function',
  'AWS::Serverless::Function',
]);

/** Functions of a template by logical ID; loops are left out. */
export function functionsOf({
  Resources,
}: Template): readonly (readonly [id: string, resource: JsonObject])[] {
  return Object.entries(Resources).flatMap(([id, resource]) =>
    isObject(resource) && FUNCTION_TYPES.has(String(resource.Type)) ? [[id, resource] as const] : [],
  );
}

/**
 * The properties that say what code a function has. What else stands in them (an encryption key) is no location.
 * Source: CloudFormation and AWS SAM references of the two types.
 */
export const CODE_PROPERTIES: readonly string[] = ['Code', 'CodeUri', 'ImageUri', 'InlineCode'];

/**
 * @param known values of parameters and pseudo parameters
 * @returns `undefined` when only CloudFormation can tell
 */
export function codeLocation(
  resource: JsonObject,
  known: Readonly<Record<string, string>>,
): CodeLocation | undefined {
  const properties = isObject(resource.Properties) ? resource.Properties : {};
  const text = (value: Json | undefined): string | undefined => {
    const found = knownValue(value, known);
    return typeof found === 'string' && found !== '' ? found : undefined;
  };
  const { Code, CodeUri } = properties;
  const code = isObject(Code) ? Code : {};
  const image = text(own(code, 'ImageUri') ?? own(properties, 'ImageUri'));
  if (image !== undefined) return { kind: 'image', uri: image };
  const source = text(own(code, 'ZipFile') ?? own(properties, 'InlineCode'));
  if (source !== undefined) return inline(source, text(own(properties, 'Runtime')));
  const place = isObject(CodeUri) ? CodeUri : code;
  const [bucket, key, version] = [
    text(own(place, 'S3Bucket') ?? own(place, 'Bucket')),
    text(own(place, 'S3Key') ?? own(place, 'Key')),
    text(own(place, 'S3ObjectVersion') ?? own(place, 'Version')),
  ];
  const mode = text(own(place, 'S3ObjectStorageMode') ?? own(place, 'StorageMode'));
  const byReference = mode === 'REFERENCE';
  if (bucket !== undefined && key !== undefined)
    return {
      kind: 's3',
      bucket,
      key,
      ...(version !== undefined && { version }),
      ...(byReference && { byReference }),
    };
  const [, uriBucket, uriKey] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(text(CodeUri) ?? '') ?? [];
  return uriBucket !== undefined && uriKey !== undefined
    ? { kind: 's3', bucket: uriBucket, key: uriKey }
    : undefined;
}

/** To code that imports cfn-response, CloudFormation adds that module; only CloudFormation can. */
function inline(source: string, runtime: string | undefined): CodeLocation | undefined {
  const file = inlineFileOf(runtime ?? '');
  return file === undefined || /cfn-?response/.test(source) ? undefined : { kind: 'inline', file, source };
}
