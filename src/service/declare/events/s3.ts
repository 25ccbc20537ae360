import type { S3Event } from '../../event-types.ts';
import { customResource } from '../custom-resource.ts';
import { type Draft, nameOf } from '../draft.ts';
import { ref } from '../resources.ts';
import { type EventMarshaller, eventId, permit, sourceOf } from './context.ts';

const DEFAULT = ['s3:ObjectCreated:*'];

/**
 * A bucket says in its own properties which functions it calls, and may not exist before they may be called by it: by
 * this very bucket, whose name is not known before it exists. So notifications are set up after the bucket, whether it
 * is the service's own or not; what others set up stays.
 */
export const s3: EventMarshaller<S3Event> = (event, context) => {
  const { draft, callee } = context;
  const bucket = sourceOf(context, 'bucket', event.bucket, ['AWS::S3::Bucket']);
  if (!bucket) return;
  const id = eventId(context, event, 'Bucket', event.bucket, bucket.id);
  const permission = permit(context, id, 's3.amazonaws.com', { arn: bucket.arn });
  const inside = bucket.id !== undefined && draft.resources.get(bucket.id)?.Type === 'AWS::S3::Bucket';
  const notifications = `${nameOf(event.bucket, bucket.id)}Notifications`;
  draft.notifications.set(notifications, [
    ...(draft.notifications.get(notifications) ?? []),
    {
      bucketName:
        inside && bucket.id !== undefined
          ? ref(bucket.id)
          : { 'Fn::Select': [5, { 'Fn::Split': [':', bucket.arn] }] },
      bucketArn: bucket.arn,
      target: callee.arn,
      permission,
      events: event.events ?? DEFAULT,
      ...(event.prefix && { prefix: event.prefix }),
      ...(event.suffix && { suffix: event.suffix }),
    },
  ]);
};

/** One custom resource for each bucket, since a bucket has one configuration. */
export function addNotifications(draft: Draft): void {
  for (const [id, targets] of draft.notifications) {
    const [first] = targets;
    if (!first) continue;
    customResource(draft, id, {
      type: 'BucketNotification',
      properties: {
        BucketName: first.bucketName,
        Functions: targets.map(({ target, events, prefix, suffix }) => ({
          Arn: target,
          Events: events,
          ...(prefix && { Prefix: prefix }),
          ...(suffix && { Suffix: suffix }),
        })),
      },
      grants: [
        {
          actions: ['s3:GetBucketNotification', 's3:PutBucketNotification'],
          resources: [first.bucketArn],
        },
      ],
      dependsOn: targets.map(({ permission }) => permission),
    });
  }
}
