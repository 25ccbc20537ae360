import type { Json, JsonObject } from '../../template/types.ts';

/** A role's trust in a service. */
export const trusts = (service: string): JsonObject => ({
  Version: '2012-10-17',
  Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: [service] } }],
});

/** An inline policy of one statement or several, without a version, as SAM writes them. */
export const inlinePolicy = (
  name: string,
  ...statements: readonly (readonly [action: string, resource: Json])[]
): JsonObject => ({
  PolicyName: name,
  PolicyDocument: {
    Statement: statements.map(([Action, Resource]) => ({ Action, Effect: 'Allow', Resource })),
  },
});
