// What a handler is told about its invocation.
'use strict';

const { current, legacy } = require('./node-runtime.cjs');

// Each look into the environment of a process takes longer than the rest of the context.
const variables = {
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
  memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
};

function parsed(text, name) {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`Cannot parse ${name} as json: ${error}`);
  }
}

/** Keeps what the log and X-Ray need of an event. */
function enter({ requestId, traceId, tenantId }) {
  current.inHand = true;
  current.requestId = requestId;
  current.traceId = traceId;
  current.tenantId = tenantId;
}

/** The context object, without what ends an invocation. @throws {Error} on a caller's context that is no JSON */
function contextOf({ deadline, arn, clientContext, cognitoIdentity }) {
  if (current.traceId) process.env._X_AMZN_TRACE_ID = current.traceId;
  else delete process.env._X_AMZN_TRACE_ID;
  const end = Number(deadline);
  const context = {
    ...variables,
    clientContext: parsed(clientContext, 'ClientContext'),
    identity: parsed(cognitoIdentity, 'CognitoIdentity'),
    invokedFunctionArn: arn,
    awsRequestId: current.requestId,
    tenantId: current.tenantId,
  };
  if (!legacy) context.xRayTraceId = current.traceId;
  context.getRemainingTimeInMillis = () => end - Date.now();
  return context;
}

module.exports = { enter, contextOf };
