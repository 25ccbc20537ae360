import { isObject, type Json } from '../../../template/types.ts';
import { refuseEvent } from '../../events/refuse.ts';
import { given, truthy } from '../../python/values.ts';
import type { EventRoute } from './auth/event-auth.ts';
import type { RestEdit } from './editor.ts';
import {
  addRequestParameters,
  requestParameters,
  setRequestModel,
  setTimeout,
  setValidator,
} from './request.ts';

/** Writes what an event says of its requests into the definition of its API. */
export function addRequest(edit: RestEdit, route: EventRoute): void {
  const { event, path, method } = route;
  const { TimeoutInMillis, RequestModel, RequestParameters } = event.properties;
  if (truthy(TimeoutInMillis)) setTimeout(edit, [path, method], TimeoutInMillis);
  if (truthy(RequestModel)) addModel(edit, route, RequestModel);
  if (!truthy(RequestParameters)) return;
  if (!Array.isArray(RequestParameters))
    refuseEvent(event, ['RequestParameters'], 'RequestParameters has to be a list');
  addRequestParameters(
    edit,
    [path, method],
    requestParameters(RequestParameters, (index, message) =>
      refuseEvent(event, ['RequestParameters', index], message),
    ),
  );
}

function addModel(edit: RestEdit, { event, path, method, apiId, api }: EventRoute, written: Json): void {
  const at = ['RequestModel'];
  if (!isObject(written)) refuseEvent(event, at, 'RequestModel has to be a map');
  const { Model, Required, ValidateBody, ValidateParameters } = written;
  if (!truthy(Model)) return;
  const models = api.Models;
  if (typeof Model !== 'string') refuseEvent(event, [...at, 'Model'], 'Model has to be a text');
  if (!isObject(models) || !truthy(models[Model]))
    refuseEvent(event, [...at, 'Model'], `Model is ${Model}, which is none of Models of ${apiId}`);
  setRequestModel(edit, [path, method], { name: Model, isRequired: Required });
  if (!given(ValidateBody) && !given(ValidateParameters)) return;
  const [body, parameters] = [ValidateBody ?? false, ValidateParameters ?? false];
  if (typeof body !== 'boolean' || typeof parameters !== 'boolean')
    refuseEvent(event, at, 'ValidateBody and ValidateParameters have to be true or false');
  setValidator(edit, [path, method], { body, parameters });
}
