import type { SesEvent } from '../../event-types.ts';
import { customResource } from '../custom-resource.ts';
import { addResource, setResource } from '../draft.ts';
import { ref, sub } from '../resources.ts';
import { type EventMarshaller, eventId, permit } from './shared/context.ts';

/** Mail that Amazon SES receives. */
export const ses: EventMarshaller<SesEvent> = (event, context) => {
  const { draft, callee } = context;
  const id = eventId(context, event, { kind: 'Mail' });
  // One rule set serves all events of the service that name none.
  const own = 'MailRuleSet';
  if (event.ruleSet === undefined && !draft.resources.has(own)) {
    setResource(draft, own, { Type: 'AWS::SES::ReceiptRuleSet' });
    customResource(draft, 'ActiveMailRuleSet', {
      type: 'ReceiptRuleSet',
      properties: { RuleSetName: ref(own) },
      grants: [
        { actions: ['ses:DescribeActiveReceiptRuleSet', 'ses:SetActiveReceiptRuleSet'], resources: ['*'] },
      ],
    });
  }
  const ruleSet = event.ruleSet ?? ref(own);
  const allowed = permit(context, id, 'ses.amazonaws.com', {
    arn: sub('arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:receipt-rule-set/${RuleSet}:*', {
      RuleSet: ruleSet,
    }),
  });
  const store = event.store && {
    S3Action: {
      BucketName: event.store.bucket,
      ...(event.store.prefix && { ObjectKeyPrefix: event.store.prefix }),
    },
  };
  const call = {
    LambdaAction: {
      FunctionArn: callee.arn,
      InvocationType: event.wait ? 'RequestResponse' : 'Event',
    },
  };
  addResource(draft, `${id}Rule`, {
    Type: 'AWS::SES::ReceiptRule',
    DependsOn: [allowed],
    Properties: {
      RuleSetName: ruleSet,
      ...(event.after && { After: event.after }),
      Rule: {
        Enabled: event.enabled ?? true,
        ...(event.recipients && { Recipients: event.recipients }),
        ...(event.scan !== undefined && { ScanEnabled: event.scan }),
        ...(event.requireTls !== undefined && { TlsPolicy: event.requireTls ? 'Require' : 'Optional' }),
        Actions: [...(store ? [store] : []), call],
      },
    },
  });
};
