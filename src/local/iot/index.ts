import { randomUUID } from 'node:crypto';
import type { Json } from '../../template/types.ts';
import { CallError, json, jsonError } from '../aws-api/answer.ts';
import type { ServiceContext, ServicePart } from '../service/part.ts';
import { parseTopicSql } from './sql.ts';

/** The rules of AWS IoT of a service, whose messages come through the API of its data plane: MQTT is not spoken. */
export function topicRulesPart(context: ServiceContext): ServicePart {
  const { plan, apis, activity, targets, warn } = context;
  const rules = plan.topicRules
    .filter(({ enabled }) => enabled)
    .map((rule) => ({ ...rule, select: parseTopicSql(rule.sql) }));

  function publish(topic: string, body: Buffer): void {
    const id = randomUUID();
    const read = jsonIn(body);
    const bytes = body.toString('base64');
    const message = { topic, payload: read ?? bytes, at: Date.now() };
    activity.publish({
      kind: 'arrived',
      at: message.at,
      service: 'iot',
      to: topic,
      id,
      body: body.toString(),
    });
    for (const { name, select, actions } of rules) {
      const event = select(message);
      if (event === undefined) continue;
      // Bytes that are no JSON are Base64 already.
      const isBytes = read === undefined && event === bytes;
      for (const { arn, base64 } of actions)
        targets
          .send(arn, base64 && isBytes ? bytes : written(event, base64), {
            cause: { kind: 'iot', source: name, ids: [id] },
          })
          .catch((error: unknown) =>
            warn(`${name}: ${error instanceof Error ? error.message : String(error)}`),
          );
    }
  }

  apis.add('iotdata', async ({ method, path, body }) => {
    const [, topic] = /^\/topics\/(.+)$/.exec(path) ?? [];
    if (method !== 'POST' || topic === undefined)
      return jsonError(
        new CallError('ResourceNotFoundException', `${method} ${path} is not served here`, 404),
      );
    publish(decodeURIComponent(topic), body);
    return json({});
  });
  return { name: 'rules of IoT', begin: async () => undefined, stop: async () => undefined };
}

const written = (event: Json, base64 = false): string =>
  base64 ? Buffer.from(JSON.stringify(event)).toString('base64') : JSON.stringify(event);

function jsonIn(body: Buffer): Json | undefined {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
