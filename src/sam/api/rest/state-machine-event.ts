import { isObject } from '../../../template/types.ts';
import { propertyTable } from '../../checks/property-table.ts';
import type { Build } from '../../context.ts';
import { refuseEvent } from '../../events/refuse.ts';
import { starterRole } from '../../events/rules.ts';
import type { EventSource, SamEvent, StateMachineTarget } from '../../events/types.ts';
import { truthy } from '../../python/values.ts';
import type { Generated } from '../../types.ts';
import { subCall } from '../document/calls.ts';
import { bytes, listed } from '../document/python-map.ts';
import { definitionOf, stateOf } from '../state.ts';
import { addEventAuth } from './auth/event-auth.ts';
import { RestEdit } from './editor.ts';
import { routeOf } from './event.ts';
import { addStateMachineIntegration } from './integration.ts';

/** A method of a REST API that starts a state machine. */
export const STATE_MACHINE_EVENT: EventSource<StateMachineTarget> = {
  properties: propertyTable({
    Path: 'string!',
    Method: 'string!',
    RestApiId: 'string!',
    Stage: 'string',
    Auth: 'map',
    UnescapeMappingTemplate: '=bool',
  }),
  generate,
};

function generate(event: SamEvent, target: StateMachineTarget, build: Build): Generated[] {
  const found = routeOf(event, build).route;
  // The reference knows only a stage that the event itself names.
  const route = {
    ...found,
    stage: found.event.properties.Stage === undefined ? null : String(event.properties.Stage),
  };
  const { path, method, apiId, api } = route;
  const role = starterRole(event, target, 'apigateway.amazonaws.com');
  const definition = definitionOf(build, apiId, api);
  if (!definition || !stateOf(build).managed.has(apiId)) return [role];
  const edit = new RestEdit(definition);
  if (definition.hasIntegration(path, method))
    refuseEvent(event, ['Path'], `${method} ${path} is defined more than once in ${apiId}`);
  const { Auth, UnescapeMappingTemplate } = event.properties;
  const { logicalId, attributes } = target.target;
  addStateMachineIntegration(
    edit,
    { path, method, condition: typeof attributes.Condition === 'string' ? attributes.Condition : undefined },
    {
      uri: subCall(bytes('arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution')),
      role: listed({ 'Fn::GetAtt': [bytes(role.logicalId), bytes('Arn')] }),
      template: listed({
        'application/json': subCall(bytes(mappingTemplate(logicalId, UnescapeMappingTemplate === true))),
      }),
    },
  );
  if (isObject(Auth) && truthy(Auth)) addEventAuth(edit, route, Auth, build);
  edit.end();
  return [role];
}

/** The body that API Gateway makes of a request; quotes that it escapes are no JSON, which is mended where it is wanted. */
const mappingTemplate = (logicalId: string, isUnescaped: boolean): string => {
  const mended = isUnescaped ? `.replaceAll("\\\\'","'")` : '';
  return `{"input": "$util.escapeJavaScript($input.json('$'))${mended}", "stateMachineArn": "\${${logicalId}}"}`;
};
