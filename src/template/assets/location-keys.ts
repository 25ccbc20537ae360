/** Keys that say where something is, in all properties that take a location (`Code`, `BodyS3Location`). */
export const LOCATION_KEYS: ReadonlySet<string> = new Set([
  'S3Bucket',
  'S3Key',
  'S3ObjectVersion',
  'Bucket',
  'Key',
  'Version',
  'VersionId',
  'ETag',
  'ImageUri',
  'ZipFile',
]);
