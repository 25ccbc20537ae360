import { type Draft, setResource } from './draft.ts';
import { calleeIn } from './functions.ts';
import { pascal } from './identifiers.ts';

/** Custom resources behind which functions of the service stand. */
export function addUserResources(draft: Draft): void {
  for (const [id, definition] of Object.entries(draft.service.customResources ?? {})) {
    const callee = calleeIn(draft, ['customResources', id, 'function'], definition.function);
    if (!callee) continue;
    const {
      type = `Custom::${pascal(definition.function)}`,
      dependsOn = [],
      timeout,
      properties,
    } = definition;
    // CloudFormation calls the function with the rights of whoever deploys, so it needs no permission of its own.
    setResource(draft, id, {
      Type: type,
      ...(dependsOn.length > 0 && { DependsOn: [...dependsOn] }),
      Properties: {
        ServiceToken: callee.arn,
        ...(timeout !== undefined && { ServiceTimeout: timeout }),
        ...properties,
      },
    });
  }
}
