import { own } from '../template/types.ts';
import { ARN_DATA } from './data/arn-data.ts';

const decoded = new Map<string, ReadonlyMap<string, readonly string[]>>();

/**
 * What an action can be narrowed to: patterns without `arn:<partition>:`, where `R` stands for the region and `A` for the
 * account, such as `sqs:R:A:*`. Source: AWS's policy generator.
 *
 * @returns nothing for actions that take `*` only
 */
export function actionArns(action: string): readonly string[] {
  const [service = '', name = ''] = action.split(':');
  const known = decoded.get(service) ?? decode(service);
  decoded.set(service, known);
  return known.get(name) ?? (ON_EVERYTHING.has(action) ? [] : (own(BY_HAND, service) ?? []));
}

/**
 * Services of which the generator names no ARNs. Source: Service Authorization Reference, "API Gateway Management", whose
 * actions are methods of HTTP, and "AWS Secrets Manager": who may read a secret on `*` may read all of the account.
 */
const BY_HAND: Readonly<Record<string, readonly string[]>> = {
  apigateway: ['apigateway:R::/*'],
  secretsmanager: ['secretsmanager:R:A:secret:*'],
};
/** Of these services, what takes no ARN. */
const ON_EVERYTHING = new Set([
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetRandomPassword',
  'secretsmanager:ListSecrets',
]);

function decode(service: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (let at = ARN_DATA.indexOf(`\n${service} `); at >= 0; at = ARN_DATA.indexOf(`\n${service} `, at + 1)) {
    const [, actions = '', ...arns] = ARN_DATA.slice(at + 1, ARN_DATA.indexOf('\n', at + 1)).split(' ');
    for (const action of actions.split(',')) found.set(action, arns);
  }
  return found;
}
