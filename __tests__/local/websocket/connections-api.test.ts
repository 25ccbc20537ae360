import { expect, it } from '@jest/globals';
import { apiNames } from '../../../src/local/http-api/api-names.ts';
import type { WebSocketPlan } from '../../../src/local/service/plan.ts';
import { connectionsApi, type OpenConnection } from '../../../src/local/websocket/connections-api.ts';
import { callApi, serviceContext } from '../service-context.ts';

/** Source: Amazon API Gateway Developer Guide, "Use @connections commands in your backend service". */
it('a connection that is closing is gone', async () => {
  const { context } = serviceContext();
  const api = { logicalId: 'Chat', stage: 'prod' } as WebSocketPlan;
  const closing = {
    api,
    send: () => Promise.reject(new Error('not open')),
  } as unknown as OpenConnection;
  context.apis.add(
    'execute-api',
    connectionsApi(() => closing, apiNames([api])),
  );
  expect(
    await callApi(context, 'execute-api', { path: '/prod/@connections/a%3D', body: 'hello' }),
  ).toMatchObject({ status: 410, headers: { 'x-amzn-ErrorType': 'GoneException' } });
});
