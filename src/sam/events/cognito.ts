import { propertyTable } from '../checks/property-table.ts';
import { getAtt } from '../resource.ts';
import { refuseEvent } from './refuse.ts';
import { mapIn, referenced, rewritten } from './shared.ts';
import { arnOf, permission } from './target.ts';
import type { EventSource, FunctionTarget } from './types.ts';

/** Triggers of a user pool of the same template. */
export const COGNITO: EventSource<FunctionTarget> = {
  properties: propertyTable({ UserPool: 'string!', Trigger: '=string|list<string>!' }),
  generate(event, { target }, build) {
    const { id, resource } = referenced(event, 'UserPool', build);
    if (resource.Type !== 'AWS::Cognito::UserPool')
      return refuseEvent(event, ['UserPool'], `UserPool has to name a user pool, but ${id} is none`);
    const refused = (): never => refuseEvent(event, ['UserPool'], `LambdaConfig of ${id} has to be a map`);
    const triggers = mapIn(mapIn(resource, 'Properties', refused), 'LambdaConfig', refused);
    const { Trigger } = event.properties;
    for (const trigger of Array.isArray(Trigger) ? Trigger : [Trigger]) {
      if (typeof trigger !== 'string') continue;
      if (Object.hasOwn(triggers, trigger))
        refuseEvent(event, ['Trigger'], `the user pool ${id} has a function for ${trigger} already`);
      triggers[trigger] = arnOf(target);
    }
    return [
      permission(event, target, {
        principal: 'cognito-idp.amazonaws.com',
        sourceArn: getAtt(id, 'Arn'),
        prefix: `${target.logicalId}Cognito`,
      }),
      rewritten(id, resource),
    ];
  },
};
