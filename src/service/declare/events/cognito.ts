import type { CognitoEvent } from '../../event-types.ts';
import type { Data } from '../../values.ts';
import { editResource, resourceIn } from '../draft.ts';
import { getAtt } from '../resources.ts';
import { type EventMarshaller, eventId, permit } from './shared/context.ts';

/** A moment in the life of a user, at which a Cognito user pool calls its function. */
export const cognito: EventMarshaller<CognitoEvent> = (event, context) => {
  const { draft, path, callee } = context;
  if (!resourceIn(draft, [...path, 'pool'], event.pool, ['AWS::Cognito::UserPool'])) return;
  const pool = draft.resources.get(event.pool)?.Properties?.LambdaConfig;
  const config = (typeof pool === 'object' && pool !== null ? pool : {}) as Readonly<Record<string, Data>>;
  if (Object.hasOwn(config, event.trigger)) {
    draft.faults.push({
      path: [...path, 'trigger'],
      message: `the user pool ${event.pool} has a function for ${event.trigger} already`,
      next: 'Remove one of the two.',
    });
    return;
  }
  editResource(draft, event.pool, (properties) => ({
    ...properties,
    LambdaConfig: { ...config, [event.trigger]: callee.arn },
  }));
  const id = eventId(context, event, { kind: event.trigger, source: event.pool, id: event.pool });
  permit(context, id, 'cognito-idp.amazonaws.com', { arn: getAtt(event.pool, 'Arn') });
};
