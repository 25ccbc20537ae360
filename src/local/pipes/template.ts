import type { Json } from '../../template/types.ts';
import { filled, valueAt } from '../buses/input.ts';
import type { PipePlan } from '../service/plan.ts';

/** Of a pipe, what its templates may name. */
export type NamedPipe = Pick<PipePlan, 'name' | 'arn' | 'sourceArn' | 'target'>;

/**
 * What an input template makes of one event. What its body is as JSON can be reached, too.
 *
 * Source: Amazon EventBridge User Guide, "Amazon EventBridge Pipes input transformation".
 */
export function pipeInput(template: string | undefined, event: Json, pipe: NamedPipe): Json {
  if (template === undefined || template === '') return event;
  const reserved: Readonly<Record<string, Json>> = {
    'aws.pipes.pipe-arn': pipe.arn,
    'aws.pipes.pipe-name': pipe.name,
    'aws.pipes.source-arn': pipe.sourceArn,
    'aws.pipes.target-arn': pipe.target.arn,
    'aws.pipes.event.ingestion-time': new Date().toISOString(),
    'aws.pipes.event': event,
    'aws.pipes.event.json': event,
  };
  const text = filled(template, (name) => {
    if (name.startsWith('$')) return { value: valueAt(event, name) ?? valueAt(opened(event), name) };
    return Object.hasOwn(reserved, name) ? { value: reserved[name] } : undefined;
  });
  return JSON.parse(text);
}

/**
 * A parameter of a target, which may be a path into the event: `$.body.customer`.
 *
 * Source: Amazon EventBridge User Guide, "Amazon EventBridge Pipes target parameters", dynamic path parameters.
 *
 * @throws Error where the path leads nowhere
 */
export function pipeText(parameter: string, event: Json): string {
  if (!parameter.startsWith('$.')) return parameter;
  const value = valueAt(event, parameter) ?? valueAt(opened(event), parameter);
  if (value === undefined) throw new Error(`the event has no ${parameter}`);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** With the body of a message as the JSON that it is. */
function opened(event: Json): Json {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return event;
  const { body } = event;
  if (typeof body !== 'string') return event;
  try {
    return { ...event, body: JSON.parse(body) };
  } catch {
    return event;
  }
}
