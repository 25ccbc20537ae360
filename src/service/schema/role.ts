import type { Privilege, RoleDefinition } from '../role-types.ts';
import * as s from './kinds.ts';

export const privilege = s.object<Privilege>('Privilege', {
  actions: s.required(
    s.list(s.text({ pattern: /^[a-z0-9-]+:[A-Za-z*?]+$|^\*$/, accepts: 'an action, such as s3:GetObject' }), {
      min: 1,
    }),
  ),
  resource: s.required(s.either(s.text(), s.intrinsic, s.list(s.value(s.text()), { min: 1 }))),
  condition: s.optional(s.map(s.data)),
});

export const role = s.object<RoleDefinition>('RoleDefinition', {
  privileges: s.optional(s.list(privilege)),
  managedPolicies: s.optional(s.list(s.value(s.text()))),
  permissionsBoundary: s.optional(s.value(s.text())),
  description: s.optional(s.text({ max: 1000 })),
  path: s.optional(s.text({ pattern: /^\/([!-~]+\/)?$/, accepts: 'a path with a slash at both ends' })),
});
