import type { PlanScope } from './scope.ts';

/** Types that start functions and do not work here, and what there is instead. */
const LEFT: Readonly<Record<string, string>> = {
  'AWS::Cognito::UserPool':
    'the triggers of user pools: try them with invoke -e generate:cognito-pre-sign-up and its like',
  'AWS::Events::Archive': 'archives of buses',
  'AWS::Events::ApiDestination': 'API destinations of EventBridge',
};

/** Services whose ARNs something here may send to. */
const TARGETS = ['lambda', 'sqs', 'sns', 'events', 'states'];

/** Tells of what is declared and does not work here. */
export function tellLeft(scope: PlanScope): void {
  for (const [type, what] of Object.entries(LEFT))
    for (const { logicalId } of scope.of(type)) scope.leave(`${logicalId}: ${what}`);
}

/** Whether a target is one that is sent to; others are told. */
export function isTarget(scope: PlanScope, from: string, arn: string): boolean {
  const [, , service = ''] = arn.split(':');
  if (TARGETS.includes(service)) return true;
  scope.leave(`target ${arn} of ${from}`);
  return false;
}
