import { randomUUID } from 'node:crypto';
import type { ServiceContext } from '../service/part.ts';
import type { ObjectChange } from './changes.ts';

/** Tells functions, queues, topics and the default bus what became of an object, as its bucket says. */
export function tellOf({
  plan,
  activity,
  targets,
  region,
  account,
  warn,
}: ServiceContext): (change: ObjectChange) => void {
  const send = (arn: string, body: string, { bucket, key }: ObjectChange): void => {
    const cause = { kind: 'bucket', source: bucket, ids: [key] } as const;
    targets.send(arn, body, { cause }).catch((error: unknown) => {
      warn(`bucket ${bucket}: ${error instanceof Error ? error.message : String(error)}`);
    });
  };
  return (change) => {
    const bucket = plan.buckets.find(({ name }) => name === change.bucket);
    if (!bucket) return;
    activity.publish({
      kind: 'arrived',
      at: Date.now(),
      service: 'bucket',
      to: bucket.name,
      id: change.key,
      body: change.event,
    });
    for (const { id, event, arn, prefix, suffix } of bucket.notifications) {
      if (!change.key.startsWith(prefix) || !change.key.endsWith(suffix)) continue;
      if (!isOf(event, change.event)) continue;
      send(arn, JSON.stringify({ Records: [recordOf(change, { id, region })] }), change);
    }
    if (!bucket.eventBridge) return;
    const bus = `arn:aws:events:${region}:${account}:event-bus/default`;
    send(bus, JSON.stringify(busEvent(change, { region, account })), change);
  };
}

/** `s3:ObjectCreated:*` has `ObjectCreated:Put`. */
const isOf = (wanted: string, event: string): boolean => {
  const name = wanted.replace(/^s3:/, '');
  return name.endsWith('*') ? event.startsWith(name.slice(0, -1)) : name === event;
};

let last = 0;

/** Later events have larger ones, also within a millisecond. */
function nextSequencer(): string {
  last = Math.max(last + 1, Date.now() * 4096);
  return last.toString(16).toUpperCase().padStart(18, '0');
}

/** As S3 does, which leaves less than URLs need not have encoded. */
const encoded = (key: string): string =>
  encodeURIComponent(key)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/')
    .replace(/[!'()]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

/** Source: Amazon S3 User Guide, "Event message structure". */
function recordOf(
  { bucket, key, event, size, tag, version }: ObjectChange,
  { id, region }: { readonly id: string; readonly region: string },
) {
  const isThere = event.startsWith('ObjectCreated');
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: region,
    eventTime: new Date().toISOString(),
    eventName: event,
    userIdentity: { principalId: 'EXAMPLE' },
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: { 'x-amz-request-id': randomUUID(), 'x-amz-id-2': 'EXAMPLE' },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: id,
      bucket: { name: bucket, ownerIdentity: { principalId: 'EXAMPLE' }, arn: `arn:aws:s3:::${bucket}` },
      object: {
        key: encoded(key),
        ...(isThere && { size, eTag: tag }),
        ...(version !== undefined && { versionId: version }),
        sequencer: nextSequencer(),
      },
    },
  };
}

/** The call that led to an event. */
const REASONS: Readonly<Record<string, string>> = {
  'ObjectCreated:Put': 'PutObject',
  'ObjectCreated:Copy': 'CopyObject',
  'ObjectCreated:CompleteMultipartUpload': 'CompleteMultipartUpload',
};

/** Source: Amazon S3 User Guide, "EventBridge event message structure". */
function busEvent(
  { bucket, key, event, size, tag, version }: ObjectChange,
  { region, account }: { readonly region: string; readonly account: string },
) {
  const isThere = event.startsWith('ObjectCreated');
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': isThere ? 'Object Created' : 'Object Deleted',
    source: 'aws.s3',
    account,
    time: `${new Date().toISOString().slice(0, 19)}Z`,
    region,
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object: {
        key,
        ...(isThere && { size, etag: tag }),
        ...(version !== undefined && { 'version-id': version }),
        sequencer: nextSequencer(),
      },
      'request-id': randomUUID(),
      requester: account,
      'source-ip-address': '127.0.0.1',
      reason: REASONS[event] ?? 'DeleteObject',
      ...(!isThere && {
        'deletion-type': event.endsWith(':Delete') ? 'Permanently Deleted' : 'Delete Marker Created',
      }),
    },
  };
}
