import type {
  CodeCommitEvent,
  CognitoEvent,
  IotEvent,
  LogsEvent,
  SesEvent,
  SnsEvent,
} from '../../event-types.ts';
import type { Data } from '../../values.ts';
import { customResource } from '../custom-resource.ts';
import { addResource, editResource, resourceIn, setResource } from '../draft.ts';
import { calleeIn } from '../functions.ts';
import { getAtt, ref, sub } from '../resources.ts';
import { type EventMarshaller, eventId, permit, sourceOf } from './shared/context.ts';

export const sns: EventMarshaller<SnsEvent> = (event, context) => {
  const topic = sourceOf(context, 'topic', event.topic, ['AWS::SNS::Topic']);
  const deadLetter =
    event.deadLetter && sourceOf(context, 'deadLetter', event.deadLetter, ['AWS::SQS::Queue']);
  if (!topic) return;
  const id = eventId(context, event, 'Topic', event.topic, topic.id);
  permit(context, id, 'sns.amazonaws.com', { arn: topic.arn, arnOnly: true });
  addResource(context.draft, `${id}Subscription`, {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      Protocol: 'lambda',
      TopicArn: topic.arn,
      Endpoint: context.callee.arn,
      ...(event.filter && { FilterPolicy: event.filter }),
      ...(event.filterScope && { FilterPolicyScope: event.filterScope }),
      ...(deadLetter && { RedrivePolicy: { deadLetterTargetArn: deadLetter.arn } }),
      ...(event.region && { Region: event.region }),
    },
  });
};

export const ses: EventMarshaller<SesEvent> = (event, context) => {
  const { draft, callee } = context;
  const id = eventId(context, event, 'Mail');
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

export const logs: EventMarshaller<LogsEvent> = (event, context) => {
  const { draft, path, callee } = context;
  if ((event.group === undefined) === (event.function === undefined)) {
    draft.faults.push({
      path,
      message:
        event.group === undefined ? 'names neither a group nor a function' : 'names a group and a function',
      next: 'Give one of group and function.',
    });
    return;
  }
  let group: Data;
  let id: string | undefined;
  if (event.function !== undefined) {
    if (event.function === callee.name) {
      draft.faults.push({
        path: [...path, 'function'],
        message: 'a function that gets its own logs calls itself without end',
        next: 'Name another function.',
      });
      return;
    }
    const logged = calleeIn(draft, [...path, 'function'], event.function);
    if (!logged) return;
    id = logged.id;
    group = draft.names.logGroup(logged.name);
  } else {
    const named = event.group ?? '';
    const inside =
      typeof named === 'string' && draft.service.resources && Object.hasOwn(draft.service.resources, named);
    if (inside && !resourceIn(draft, [...path, 'group'], named, ['AWS::Logs::LogGroup'])) return;
    group = inside ? ref(named) : named;
    id = inside ? named : undefined;
  }
  const name = eventId(context, event, 'Logs', event.group ?? event.function, id);
  const allowed = permit(context, name, 'logs.amazonaws.com', {
    arn: sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Group}:*', {
      Group: group,
    }),
  });
  addResource(draft, `${name}Subscription`, {
    Type: 'AWS::Logs::SubscriptionFilter',
    DependsOn: [allowed],
    Properties: {
      LogGroupName: group,
      FilterPattern: event.pattern ?? '',
      DestinationArn: callee.arn,
    },
  });
};

export const codecommit: EventMarshaller<CodeCommitEvent> = (event, context) => {
  const repository = sourceOf(context, 'repository', event.repository, ['AWS::CodeCommit::Repository']);
  if (!repository) return;
  const id = eventId(context, event, 'Repository', event.repository, repository.id);
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
  const id = eventId(context, event, event.trigger, event.pool, event.pool);
  permit(context, id, 'cognito-idp.amazonaws.com', { arn: getAtt(event.pool, 'Arn') });
};

export const iot: EventMarshaller<IotEvent> = (event, context) => {
  const id = eventId(context, event, 'Topic', event.sql);
  const rule = addResource(context.draft, `${id}Rule`, {
    Type: 'AWS::IoT::TopicRule',
    Properties: {
      TopicRulePayload: {
        Sql: event.sql,
        AwsIotSqlVersion: event.sqlVersion ?? '2016-03-23',
        RuleDisabled: event.enabled === false,
        ...(event.description && { Description: event.description }),
        Actions: [{ Lambda: { FunctionArn: context.callee.arn } }],
      },
    },
  });
  permit(context, id, 'iot.amazonaws.com', { arn: getAtt(rule, 'Arn') });
};
