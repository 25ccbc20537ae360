import type { S3Event } from '../../event-types.ts';
import type { Data } from '../../values.ts';
import { customResource } from '../custom-resource.ts';
import { type BucketTarget, type Draft, editResource, nameOf } from '../draft.ts';
import { shortHash } from '../identifiers.ts';
import { ref, sub } from '../resources.ts';
import { type EventMarshaller, eventId, permit, sourceOf } from './shared/context.ts';

const DEFAULT = ['s3:ObjectCreated:*'];

/**
 * Collects what buckets call; {@link addNotifications} adds it for each bucket at once, as a bucket has one configuration.
 */
export const s3: EventMarshaller<S3Event> = (event, context) => {
  const { draft, callee } = context;
  const bucket = sourceOf(context, 'bucket', event.bucket, ['AWS::S3::Bucket']);
  if (!bucket) return;
  const id = eventId(context, event, { kind: 'Bucket', source: event.bucket, id: bucket.id });
  const own = bucket.id === undefined ? undefined : draft.resources.get(bucket.id);
  const bucketId = own?.Type === 'AWS::S3::Bucket' ? bucket.id : undefined;
  const name = bucketId === undefined ? undefined : own?.Properties?.BucketName;
  // With a fixed name the permission does not depend on the bucket, so the bucket can wait for the permission.
  const arn = typeof name === 'string' ? sub(`arn:\${AWS::Partition}:s3:::${name}`) : bucket.arn;
  const permission = permit(context, id, 's3.amazonaws.com', { arn });
  const notifications = `${nameOf(event.bucket, bucket.id)}Notifications`;
  draft.notifications.set(notifications, [
    ...(draft.notifications.get(notifications) ?? []),
    {
      callee: callee.name,
      ...(bucketId !== undefined && { bucketId }),
      bucketName:
        bucketId === undefined ? { 'Fn::Select': [5, { 'Fn::Split': [':', bucket.arn] }] } : ref(bucketId),
      bucketArn: bucket.arn,
      target: callee.arn,
      permission,
      events: event.events ?? DEFAULT,
      ...(event.prefix && { prefix: event.prefix }),
      ...(event.suffix && { suffix: event.suffix }),
    },
  ]);
};

/** Notifications of all buckets. */
export function addNotifications(draft: Draft): void {
  for (const [id, targets] of draft.notifications) {
    const bucketId = targets[0]?.bucketId;
    if (bucketId !== undefined && saysItself(draft, bucketId, targets))
      notifyItself(draft, bucketId, targets);
    else notifyByCustomResource(draft, id, targets);
  }
}

/**
 * Whether a bucket can name its functions in its own properties. It has to have a fixed name, because the permission
 * comes first and names the bucket; and its functions must not depend on it, since it depends on them.
 */
function saysItself({ service }: Draft, bucketId: string, targets: readonly BucketTarget[]): boolean {
  const { functions = {}, roles = {}, resources = {} } = service;
  if (typeof resources[bucketId]?.Properties?.BucketName !== 'string') return false;
  return targets.every(({ callee }) => {
    const { events: _, ...fn } = functions[callee] ?? {};
    const role = typeof fn.role === 'string' ? roles[fn.role] : undefined;
    return !reaches([fn, role], bucketId, resources, new Set());
  });
}

/** Whether a value names a resource, or one that does. */
function reaches(
  value: unknown,
  id: string,
  resources: NonNullable<Draft['service']['resources']>,
  seen: Set<string>,
): boolean {
  const text = JSON.stringify(value);
  const names = (each: string) => new RegExp(`["{]${each}["}.]`).test(text);
  if (names(id)) return true;
  return Object.keys(resources).some((each) => {
    if (seen.has(each) || !names(each)) return false;
    seen.add(each);
    return reaches(resources[each], id, resources, seen);
  });
}

function notifyItself(draft: Draft, bucketId: string, targets: readonly BucketTarget[]): void {
  editResource(draft, bucketId, (properties) => {
    const before = (properties.NotificationConfiguration ?? {}) as Readonly<Record<string, Data>>;
    const there = Array.isArray(before.LambdaConfigurations)
      ? (before.LambdaConfigurations as readonly Data[])
      : [];
    const added = targets.flatMap(({ events, target, prefix, suffix }) => {
      const Rules = [
        ...(prefix ? [{ Name: 'prefix', Value: prefix }] : []),
        ...(suffix ? [{ Name: 'suffix', Value: suffix }] : []),
      ];
      return events.map((Event) => ({
        Event,
        Function: target,
        ...(Rules.length > 0 && { Filter: { S3Key: { Rules } } }),
      }));
    });
    return {
      ...properties,
      NotificationConfiguration: { ...before, LambdaConfigurations: [...there, ...added] },
    };
  });
  const bucket = draft.resources.get(bucketId);
  if (!bucket) return;
  const after = bucket.DependsOn ?? [];
  const DependsOn = [
    ...(typeof after === 'string' ? [after] : after),
    ...targets.map(({ permission }) => permission),
  ];
  draft.resources.set(bucketId, { ...bucket, DependsOn });
}

/**
 * For buckets of others, and for those that cannot do it themselves: a custom resource sets it after the bucket is
 * made. What others have set up stays.
 */
function notifyByCustomResource(draft: Draft, id: string, targets: readonly BucketTarget[]): void {
  const [first] = targets;
  if (!first) return;
  const own = first.bucketId === undefined ? undefined : draft.resources.get(first.bucketId);
  const beside = own?.Properties?.NotificationConfiguration;
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
      // When the bucket's own configuration changes, CloudFormation writes it without ours, which comes back then.
      ...(beside !== undefined && { Beside: shortHash(beside) }),
    },
    grants: [
      { actions: ['s3:GetBucketNotification', 's3:PutBucketNotification'], resources: [first.bucketArn] },
    ],
    dependsOn: targets.map(({ permission }) => permission),
  });
}
