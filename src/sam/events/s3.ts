import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { propertyTable } from '../checks/property-table.ts';
import { clone, given, sameData } from '../python/values.ts';
import { conditional, ref } from '../resource.ts';
import type { Generated } from '../types.ts';
import { refuseEvent } from './refuse.ts';
import { listIn, mapIn, referenced, rewritten } from './shared.ts';
import { arnOf, permission } from './target.ts';
import type { EventSource, FunctionTarget, SamEvent } from './types.ts';

/** Notifications of a bucket of the same template. */
export const S3: EventSource<FunctionTarget> = {
  properties: propertyTable({ Bucket: 'string!', Events: '=string|list<string>!', Filter: 'map<string>' }),
  generate(event, { target }, build) {
    const { id, resource } = referenced(event, 'Bucket', build);
    if (resource.Type !== 'AWS::S3::Bucket')
      return refuseEvent(event, ['Bucket'], `Bucket has to name a bucket, but ${id} is none`);
    const allowed = permission(event, target, {
      principal: 's3.amazonaws.com',
      sourceAccount: ref('AWS::AccountId'),
    });
    const properties = mapIn(resource, 'Properties', () =>
      refuseEvent(event, ['Bucket'], `Properties of ${id} have to be a map`),
    );
    const { Condition } = allowed.attributes;
    if (given(Condition)) waitByTag({ event, id, properties }, allowed, Condition);
    else wait(event, resource, allowed);
    notify(event, { id, properties }, target);
    return [allowed, rewritten(id, resource)];
  },
};

/** S3 asks for the permission when notifications are set, so the bucket comes after it. */
function wait(event: SamEvent, bucket: JsonObject, { logicalId }: Generated): void {
  const before = bucket.DependsOn ?? [];
  const list = typeof before === 'string' ? [before] : before;
  if (!Array.isArray(list) || !list.every((item) => typeof item !== 'object' || item === null))
    refuseEvent(event, ['Bucket'], 'DependsOn of the bucket has to be a logical ID or a list of them');
  bucket.DependsOn = [...new Set([...list, logicalId])];
}

/** `DependsOn` takes no condition, but a tag that refers to the permission does. */
function waitByTag(
  {
    event,
    id,
    properties,
  }: { readonly event: SamEvent; readonly id: string; readonly properties: JsonObject },
  { logicalId }: Generated,
  condition: Json,
): void {
  const tags = listIn(properties, 'Tags', () =>
    refuseEvent(event, ['Bucket'], `Tags of ${id} have to be a list`),
  );
  properties.Tags = [
    ...tags,
    {
      Key: `sam:ConditionalDependsOn:${logicalId}`,
      Value: conditional(condition, ref(logicalId), 'no dependency'),
    },
  ];
}

function notify(
  event: SamEvent,
  { id, properties }: { readonly id: string; readonly properties: JsonObject },
  target: Generated,
): void {
  const { Events = [], Filter } = event.properties;
  const configuration = mapIn(properties, 'NotificationConfiguration', () =>
    refuseEvent(event, ['Bucket'], `NotificationConfiguration of ${id} has to be a map`),
  );
  const list = listIn(configuration, 'LambdaConfigurations', () =>
    refuseEvent(event, ['Bucket'], `LambdaConfigurations of ${id} have to be a list`),
  );
  const { Condition } = target.attributes;
  for (const Event of Array.isArray(Events) ? Events : [Events]) {
    const entry: JsonObject = {
      Function: arnOf(target),
      ...(given(Filter) && { Filter: isObject(Filter) ? clone(Filter) : Filter }),
      Event,
    };
    const whole = given(Condition) ? conditional(Condition, entry) : entry;
    if (!list.some((other) => sameData(other, whole))) list.push(whole);
  }
}
