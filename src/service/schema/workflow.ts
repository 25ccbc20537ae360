import type { StateMachineDefinition, StateMachineLogging } from '../workflow-types.ts';
import * as s from './kinds.ts';
import { privilege } from './role.ts';

export const stateMachine = s.object<StateMachineDefinition>('StateMachineDefinition', {
  definition: s.optional(s.map(s.data)),
  file: s.optional(s.text()),
  type: s.optional(s.choice('STANDARD', 'EXPRESS')),
  name: s.optional(s.value(s.text())),
  logging: s.optional(
    s.object<StateMachineLogging>('StateMachineLogging', {
      level: s.required(s.choice('ALL', 'ERROR', 'FATAL')),
      data: s.optional(s.boolean),
      retention: s.optional(s.choice(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365)),
    }),
  ),
  tracing: s.optional(s.boolean),
  privileges: s.optional(s.list(privilege)),
  permissionsBoundary: s.optional(s.value(s.text())),
});
