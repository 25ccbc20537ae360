import { forEachOf } from '../../order/for-each.ts';
import { AT_ONCE } from '../../order/limits.ts';
import type { Aws } from '../connection/clients.ts';
import { withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';

/** Something that a role may be allowed. */
export interface Question {
  readonly action: string;
  readonly resource: string;
}

/** IAM's answer; `unknown` where a condition decides on what only the call itself tells. */
export type SimulatedVerdict = 'allowed' | 'denied' | 'unknown';

/** As many names as IAM is asked for at once. */
const NAMES = 50;

/**
 * Asks IAM what a role may do, with all that the account itself says: its policies, its boundary, those of the organisation.
 *
 * @param role its ARN
 * @returns verdicts in the order of the questions
 * @throws ProblemError where that may not be asked
 */
export async function simulate(
  aws: Aws,
  role: string,
  questions: readonly Question[],
  signal: AbortSignal,
): Promise<readonly SimulatedVerdict[]> {
  const { client } = await aws.iam();
  const { SimulatePrincipalPolicyCommand } = await import('../connection/sdk/iam-policies.ts');
  const verdicts = new Map<string, SimulatedVerdict>();
  const byResource = Map.groupBy(questions, ({ resource }) => resource);
  const batches = [...byResource].flatMap(([resource, all]) =>
    inParts([...new Set(all.map(({ action }) => action))]).map((actions) => ({ resource, actions })),
  );
  await forEachOf(batches, AT_ONCE.roles, ({ resource, actions }) =>
    explained(`asking IAM what ${role} may do`, async () => {
      let marker: string | undefined;
      do {
        const found = await client.send(
          new SimulatePrincipalPolicyCommand({
            PolicySourceArn: role,
            ActionNames: [...actions],
            ...(resource !== '*' && { ResourceArns: [resource] }),
            ...(marker && { Marker: marker }),
          }),
          withSignal(signal),
        );
        for (const {
          EvalActionName = '',
          EvalDecision,
          MissingContextValues = [],
        } of found.EvaluationResults ?? [])
          verdicts.set(`${EvalActionName} ${resource}`, verdictOf(EvalDecision, MissingContextValues));
        marker = found.IsTruncated ? found.Marker : undefined;
      } while (marker);
    }),
  );
  return questions.map(({ action, resource }) => verdicts.get(`${action} ${resource}`) ?? 'unknown');
}

const verdictOf = (decision: string | undefined, missing: readonly string[]): SimulatedVerdict =>
  decision === 'allowed' ? 'allowed' : missing.length > 0 ? 'unknown' : 'denied';

const inParts = (names: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(names.length / NAMES) }, (_, part) =>
    names.slice(part * NAMES, (part + 1) * NAMES),
  );
