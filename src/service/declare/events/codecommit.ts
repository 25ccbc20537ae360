import type { CodeCommitEvent } from '../../event-types.ts';
import { addResource } from '../draft.ts';
import { getAtt } from '../resources.ts';
import { type EventMarshaller, eventId, permit, sourceOf } from './shared/context.ts';

/** Changes of a CodeCommit repository, which EventBridge tells of. */
export const codecommit: EventMarshaller<CodeCommitEvent> = (event, context) => {
  const repository = sourceOf(context, 'repository', event.repository, ['AWS::CodeCommit::Repository']);
  if (!repository) return;
  const id = eventId(context, event, { kind: 'Repository', source: event.repository, id: repository.id });
  const rule = addResource(context.draft, `${id}Rule`, {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: {
        source: ['aws.codecommit'],
        'detail-type': ['CodeCommit Repository State Change'],
        resources: [repository.arn],
        ...((event.events || event.branches) && {
          detail: {
            ...(event.events && { event: event.events }),
            ...(event.branches && { referenceType: ['branch'], referenceName: event.branches }),
          },
        }),
      },
      Targets: [{ Id: 'Function', Arn: context.callee.arn }],
    },
  });
  permit(context, id, 'events.amazonaws.com', { arn: getAtt(rule, 'Arn'), arnOnly: true });
};
