import { ProblemError } from '../../problem.ts';
import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { closest } from '../../text/closest.ts';
import { cognitoEvents } from './cognito.ts';
import { alb, apiGateway, functionUrl, httpApi, requestAuthorizer, tokenAuthorizer } from './http.ts';
import { cloudFormation, codeCommit, eventBridge, iot, logs, s3, schedule, ses } from './services.ts';
import { dynamodb, firehose, kafka, kinesis, sns, sqs } from './streams.ts';

const builders: Readonly<Record<string, () => JsonObject>> = {
  alb,
  apigateway: apiGateway,
  'authorizer-request': requestAuthorizer,
  'authorizer-token': tokenAuthorizer,
  cloudformation: cloudFormation,
  codecommit: codeCommit,
  ...cognitoEvents,
  dynamodb,
  eventbridge: eventBridge,
  firehose,
  'function-url': functionUrl,
  'http-api': httpApi,
  iot,
  kafka,
  kinesis,
  logs,
  's3-delete': s3('ObjectRemoved:Delete'),
  's3-put': s3('ObjectCreated:Put'),
  schedule,
  ses,
  sns,
  sqs,
};

/** Event sources that {@link generateEvent} knows. */
export const eventSources: readonly string[] = Object.keys(builders);

/**
 * An example event of a source; `overrides` are merged into it (maps deeply, lists item by item, the rest replaces).
 * @throws {ProblemError} when the source is not known
 */
export function generateEvent(source: string, overrides: Json = {}): Json {
  const build = Object.hasOwn(builders, source) ? builders[source] : undefined;
  if (!build) {
    const like = closest(source, eventSources);
    throw new ProblemError({
      subject: 'input event',
      message: `there is no example event ${JSON.stringify(source)}`,
      next: `${like ? `Write ${like} if that is meant.` : 'Use one of these.'} There are: ${eventSources.join(', ')}.`,
    });
  }
  return merge(build(), overrides);
}

function merge(base: Json | undefined, over: Json): Json {
  if (Array.isArray(base) && Array.isArray(over)) {
    return [...over.map((item, index) => merge(base[index], item)), ...base.slice(over.length)];
  }
  if (!isObject(base) || !isObject(over)) return over;
  const merged: JsonObject = { ...base };
  for (const [key, value] of Object.entries(over)) merged[key] = merge(base[key], value);
  return merged;
}
