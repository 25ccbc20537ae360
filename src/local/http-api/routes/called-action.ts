import type { Json } from '../../../template/types.ts';
import { text } from '../../functions/resolve.ts';
import { SUBTYPES } from '../aws-service/subtypes.ts';
import type { AnswerChanges } from '../forward/types.ts';
import type { RouteTarget } from '../route.ts';
import { namedTexts, type RouteScope } from './scope.ts';

/** What an integration says of an action, however it is spelled. */
export interface WrittenAction {
  readonly subtype: string;
  readonly parameters: Json | undefined;
  readonly timeout: Json | undefined;
  readonly changes: AnswerChanges;
}

/** The target of an integration with a service of AWS (`IntegrationSubtype`). */
export function actionTarget(
  scope: RouteScope,
  { subtype, parameters, timeout, changes }: WrittenAction,
): RouteTarget {
  const known = Object.hasOwn(SUBTYPES, subtype) ? SUBTYPES[subtype] : undefined;
  if (!known)
    return {
      kind: 'unsupported',
      reason: `integrations of type ${subtype} are not emulated: of actions of services there are ${Object.keys(SUBTYPES).join(', ')}`,
    };
  const { Region, ...given } = namedTexts(scope, parameters);
  return {
    kind: 'service',
    called: {
      service: known.service,
      region: Region ?? text(scope.resolve({ Ref: 'AWS::Region' })),
      subtype,
      parameters: given,
      changes,
      ...(timeout !== undefined && { timeout: Number(text(scope.resolve(timeout))) }),
    },
  };
}
