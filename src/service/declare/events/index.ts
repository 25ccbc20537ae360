import type { TemplatePath } from '../../../template/types.ts';
import type { EventDefinition } from '../../event-types.ts';
import { addResource, type Draft } from '../draft.ts';
import { calleeIn } from '../functions.ts';
import { ref } from '../resources.ts';
import { policyDocument } from '../statements.ts';
import { cloudfront } from './cloudfront.ts';
import { codecommit } from './codecommit.ts';
import { cognito } from './cognito.ts';
import { documentdb } from './documentdb.ts';
import { dynamodb } from './dynamodb.ts';
import { iot } from './iot.ts';
import { kafka } from './kafka.ts';
import { kinesis } from './kinesis.ts';
import { logs } from './logs.ts';
import { mq } from './mq.ts';
import { msk } from './msk.ts';
import { rule } from './rule.ts';
import { addNotifications, s3 } from './s3.ts';
import { schedule } from './schedule.ts';
import { ses } from './ses.ts';
import type { EventMarshaller, EventSourceContext } from './shared/context.ts';
import { sns } from './sns.ts';
import { sqs } from './sqs.ts';

type Marshallers = {
  readonly [Kind in EventDefinition['kind']]: EventMarshaller<Extract<EventDefinition, { kind: Kind }>>;
};

const MARSHALLERS: Marshallers = {
  cloudfront,
  codecommit,
  cognito,
  documentdb,
  dynamodb,
  iot,
  kafka,
  kinesis,
  logs,
  mq,
  msk,
  rule,
  s3,
  schedule,
  ses,
  sns,
  sqs,
};

/** Events of all functions. */
export function addEvents(draft: Draft): void {
  for (const [name, { events = [] }] of Object.entries(draft.service.functions ?? {})) {
    for (const [index, event] of events.entries()) {
      const path: TemplatePath = ['functions', name, 'events', index];
      const callee = calleeIn(draft, path, name, event.alias);
      if (callee) marshal(event, { draft, path, callee });
    }
  }
  addNotifications(draft);
  addPolicies(draft);
}

function marshal(event: EventDefinition, context: EventSourceContext): void {
  // The table has the right marshaller for each kind; the compiler cannot see that through an index.
  (MARSHALLERS[event.kind] as EventMarshaller<EventDefinition>)(event, context);
}

/**
 * Adds a policy beside each role for what its mappings need. The mappings wait for it, as Lambda checks the role when a
 * mapping is made.
 */
function addPolicies(draft: Draft): void {
  for (const [name, grants] of draft.grants) {
    const role = draft.names.roleId(name);
    if (role === undefined) {
      const actions = new Set(grants.flatMap((each) => each.actions));
      draft.warnings.push({
        path: ['functions', name, 'role'],
        message: `the role is made elsewhere, and has to allow ${[...actions].join(', ')}`,
      });
      continue;
    }
    const policy = addResource(draft, `${draft.names.functionId(name)}EventsPolicy`, {
      Type: 'AWS::IAM::Policy',
      Properties: {
        // Functions may share a role, in which each policy has a name of its own.
        PolicyName: `${draft.names.functionId(name)}Events`,
        PolicyDocument: policyDocument(grants),
        Roles: [ref(role)],
      },
    });
    for (const id of draft.waiting.get(name) ?? []) {
      const mapping = draft.resources.get(id);
      if (mapping) draft.resources.set(id, { ...mapping, DependsOn: [policy] });
    }
  }
}
