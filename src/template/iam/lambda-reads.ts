import { isObject, type Json, type JsonObject } from '../types.ts';
import { covers } from './patterns.ts';

const LAMBDA = 'lambda.amazonaws.com';
/** What Lambda does to read the code of web functions. Source: Lambda developer guide, "Storing code in Amazon S3". */
export const LAMBDA_READS: readonly string[] = ['s3:GetObject', 's3:GetObjectVersion'];

/** Whether the policy of a bucket lets Lambda read its objects. Conditions are not looked at: they may well be met. */
export const lambdaReads = (policy: JsonObject, bucket: string): boolean =>
  LAMBDA_READS.every((action) =>
    listOf(policy.Statement).some((statement) => isObject(statement) && allows(statement, action, bucket)),
  );

/**
 * A policy that lets Lambda read the objects of a bucket for any revision of a web function of the account; what stands in
 * it already stays.
 */
export function withLambdaReads(
  policy: JsonObject,
  {
    bucket,
    account,
    partition,
  }: { readonly bucket: string; readonly account: string; readonly partition: string },
): JsonObject {
  const statement = {
    Sid: 'LambdaReadsCodeOfWebFunctions',
    Effect: 'Allow',
    Principal: { Service: LAMBDA },
    Action: [...LAMBDA_READS],
    Resource: `arn:${partition}:s3:::${bucket}/*`,
    Condition: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': `arn:${partition}:lambda:*:${account}:web-function/*/revision/*` },
    },
  };
  return {
    ...policy,
    Version: policy.Version ?? '2012-10-17',
    Statement: [...listOf(policy.Statement), statement],
  };
}

function allows(
  { Effect, Principal, Action, Resource }: JsonObject,
  action: string,
  bucket: string,
): boolean {
  const isLambda = isObject(Principal)
    ? listOf(Principal.Service).includes(LAMBDA) || listOf(Principal.AWS).includes('*')
    : Principal === '*';
  const objects = `${bucket}/any`;
  return (
    Effect === 'Allow' &&
    isLambda &&
    listOf(Action).some((each) => matches(each, action)) &&
    listOf(Resource).some((each) =>
      matches(typeof each === 'string' ? each.replace(/^arn:[^:]*:s3:::/, '') : '', objects),
    )
  );
}

/** Names of actions have no case. */
const matches = (pattern: Json, what: string): boolean =>
  typeof pattern === 'string' && (pattern.toLowerCase() === what.toLowerCase() || covers(pattern, what));

const listOf = (value: Json | undefined): Json[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
