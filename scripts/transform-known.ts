const REPOSITORY = 'only the Serverless Application Repository knows that nobody may have this application';
const HASHED_ORDER =
  'the logical ID of the deployment hangs on the place of keys such as 200, which JavaScript lists first';

/** Public test inputs that come out otherwise than AWS's transform has them, and why. docs/sam.md says it to users. */
export const KNOWN: ReadonlyMap<string, string> = new Map([
  ['error_application_does_not_exist', REPOSITORY],
  ['error_application_no_access', REPOSITORY],
  ['error_api_with_invalid_open_api_version_type', 'a version without quotes is the version that is meant'],
  ['api_merge_definitions_with_any_method', HASHED_ORDER],
  ['api_with_merge_definitions_null_paths', HASHED_ORDER],
]);
