interface Known {
  /** What of the tests it is about: `base/test_wait.py::TestSfnWait::test_...`. */
  readonly pattern: RegExp;
  readonly reason: string;
}

/** Files of tests that are about something else than the language. */
export const NOT_RUN: readonly { readonly path: string; readonly reason: string }[] = [
  { path: 'test_state', reason: 'TestState, an API that is not served' },
  { path: 'local_mocking', reason: 'a way to mock services that only the author of the tests has' },
  { path: 'activities', reason: 'their workers are state machines that call GetActivityTask' },
  { path: 'logs', reason: 'CloudWatch Logs' },
  { path: 'credentials', reason: 'roles of other accounts' },
  { path: 'test_sfn_api_aliasing.py', reason: 'aliases, by the API' },
  { path: 'test_sfn_api_versioning.py', reason: 'versions, by the API' },
  { path: 'test_sfn_api_tagging.py', reason: 'tags' },
  { path: 'test_sfn_api_logs.py', reason: 'CloudWatch Logs' },
  { path: 'services/test_apigetway_task_service.py', reason: 'needs API Gateway' },
  { path: 'services/test_ecs_task_service.py', reason: 'needs ECS' },
  { path: 'express/test_express_async.py', reason: 'reads CloudWatch Logs' },
];

const INTEGRATIONS = '(?:services|callback)/|error_handling/test_(?:aws_sdk|task_service_(?!lambda))';
const API = 'test_';

/** What the tests are about, for the counts. */
export const GROUPS: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'language', pattern: new RegExp(`^(?!${INTEGRATIONS}|${API})`) },
  { name: 'integrations', pattern: new RegExp(`^(?:${INTEGRATIONS})`) },
  { name: 'API', pattern: new RegExp(`^${API}`) },
];

/** Tests that need something which neither side has. */
export const ELSEWHERE: readonly Known[] = [
  { pattern: /test_start_async_describe_history_execution/, reason: 'reads CloudWatch Logs' },
  { pattern: /event_bridge_events/, reason: 'EventBridge tells of executions' },
  {
    pattern:
      /test_put_events_(base|malformed_detail|no_source|mixed)|publish_message_attributes|sns_publish_wait_for/,
    reason: 'need what the tests of other services have',
  },
  {
    pattern: /test_map_state_label_(invalid_char|empty|too_long)_fail/,
    reason: 'recorded with the words of their author’s own implementation, not at AWS',
  },
  {
    pattern: /^test_stepfunctions_v2.py::TestStateMachine::test_(create|try|intrinsic)/,
    reason: 'make functions by helpers of the tests of Lambda',
  },
  { pattern: /test_cloudformation_definition/, reason: 'need CloudFormation to make what they are about' },
  { pattern: /^scenarios\/test_sfn_scenarios/, reason: 'need CloudFormation to make what they are about' },
];

/** Tests that are run and do not agree, and why. */
export const KNOWN: readonly Known[] = [
  { pattern: /retry_extended_input/, reason: 'recorded before the context object had RedriveCount' },
  {
    pattern: /csv_headers_first_row_typed_headers|csv_first_row_extra_fields/,
    reason: 'columns of CSV in the order of a hash map of Java',
  },
  { pattern: /test_invoke_json_values\[0\.0\]/, reason: '0.0 and 0 are one number in JavaScript' },
  { pattern: /map_state_result_writer/, reason: 'what a ResultWriter writes is not written' },
  { pattern: /TestAwsSdk::test_no_such_bucket/, reason: 'aws-sdk:s3:listObjects is not served' },
  {
    pattern: /test_s3_get_object/,
    reason: 'the emulator tells no encryption of objects, and has another content type where none was given',
  },
  {
    pattern: /test_s3_put_object/,
    reason: 'the emulator tells neither encryption nor the type of checksums',
  },
  {
    pattern: /test_task_service_dynamodb.py::\w+::test_invalid_param/,
    reason: 'the emulator looks for the table before it looks at the item',
  },
  { pattern: /test_publish_base_error_topic_arn/, reason: 'the emulator names the topic in its message' },
  {
    pattern: /test_sync_with_task_token/,
    reason: 'an answer to the token of a .sync Task does not end it: its execution does',
  },
  {
    pattern: /test_list_map_runs_and_describe_map_run/,
    reason: 'recorded before map runs had redriveCount; and 0.0 is 0 in JavaScript',
  },
  { pattern: /test_list_executions_versions_pagination/, reason: 'versions of machines are not published' },
  { pattern: /test_invalid_secret_name/, reason: 'the emulator takes any name of a secret' },
  {
    pattern: /test_wait_timestamp_invalid.JSONATA/,
    reason: 'what is wrong with an expression is told when it is evaluated, not when the machine is made',
  },
];
