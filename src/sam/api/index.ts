/**
 * APIs: `AWS::Serverless::Api`, `HttpApi` and `WebSocketApi`, their implicit forms and the events that add paths to them.
 *
 * The transform calls, in this order:
 * 1. {@link prepareApis} before `Globals` are merged: definition bodies of APIs that have none, then the implicit REST
 *    API, then the implicit HTTP API, whose logical IDs events without an API get written in. Changed is
 *    `build.resources`.
 * 2. {@link fixDefinitions} once `Globals` are merged.
 * 3. {@link API_EVENTS} and {@link STATE_MACHINE_API_EVENTS} while functions and state machines are generated: an event
 *    adds its path to the definition of the API in `build.resources` that it names, and returns its permissions.
 * 4. The generators of {@link API_TYPES}, after all functions and state machines.
 *
 * What they share between resources (definitions, usage plans, record set groups, names of functions) is in
 * `build.shared`; see `state.ts`.
 */
import type { EventSource, FunctionTarget, StateMachineTarget } from '../events/types.ts';
import type { SamType } from '../sam-type.ts';
import { HTTP_API } from './http/api.ts';
import { HTTP_EVENT } from './http/event.ts';
import { REST_API } from './rest/api.ts';
import { REST_EVENT } from './rest/event.ts';
import { STATE_MACHINE_EVENT } from './rest/state-machine-event.ts';
import { WEBSOCKET_API } from './websocket/api.ts';

export { fixDefinitions, prepareApis } from './implicit/index.ts';

export const API_TYPES: Readonly<Record<string, SamType>> = {
  Api: REST_API,
  HttpApi: HTTP_API,
  WebSocketApi: WEBSOCKET_API,
};
export const API_EVENTS: Readonly<Record<string, EventSource<FunctionTarget>>> = {
  Api: REST_EVENT,
  HttpApi: HTTP_EVENT,
};
export const STATE_MACHINE_API_EVENTS: Readonly<Record<string, EventSource<StateMachineTarget>>> = {
  Api: STATE_MACHINE_EVENT,
};
