const NULLS =
  'an output of SAM with null in the body of an API: in a template that is given, CloudFormation takes no null';
const OUTPUT = 'serverless-application-model/tests/translator/output';
const OF_NULLS = ['api_with_merge_definitions_null_paths', 'state_machine_with_api_resource_policy'];

/** Templates of public repositories that are refused, and why that is right. A path that ends in `*` stands for all below. */
export const KNOWN: readonly { readonly path: string; readonly reason: string }[] = [
  '',
  '/aws-cn',
  '/aws-us-gov',
]
  .flatMap((partition) => OF_NULLS.map((name) => `${OUTPUT}${partition}/${name}.json`))
  .map((path) => ({ path, reason: NULLS }));
