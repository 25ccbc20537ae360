import type { Json, JsonObject } from '../../template/types.ts';

/** A statement of an IAM policy that allows something. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly Json[];
  readonly condition?: JsonObject;
}

/** As a policy document has it. */
export const statementJson = ({ actions, resources, condition }: Statement): JsonObject => ({
  Effect: 'Allow',
  Action: [...actions],
  Resource: resources.length === 1 ? (resources[0] ?? '*') : [...resources],
  ...(condition && { Condition: condition }),
});

/** A policy document of the current version. */
export const policyJson = (statements: readonly Statement[]): JsonObject => ({
  Version: '2012-10-17',
  Statement: statements.map(statementJson),
});
