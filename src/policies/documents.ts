/** A statement of a policy document. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy document as IAM takes it. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

/** Actions with what they are allowed on. */
export interface PolicyGrant {
  readonly action: string;
  readonly resources: readonly string[];
}

/** A document of statements; those that allow nothing are left out. */
export const policyDocument = (statements: readonly PolicyStatement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements.filter(({ Action, Resource }) => Action.length > 0 && Resource.length > 0),
});

/**
 * Statements for grants: one for each set of ARNs. An ARN that another one of its set covers is left out, and so is what
 * is allowed on everything.
 */
export function statementsFor(grants: readonly PolicyGrant[]): readonly PolicyStatement[] {
  const byAction = new Map<string, Set<string>>();
  for (const { action, resources } of grants) {
    const all = byAction.get(action) ?? new Set();
    for (const resource of resources) all.add(resource);
    byAction.set(action, all);
  }
  const sets = Map.groupBy([...byAction.keys()].sort(), (action) =>
    [...withoutCovered(byAction.get(action) ?? new Set())].sort().join('\n'),
  );
  return [...sets]
    .map(
      ([resources, actions]): PolicyStatement => ({
        Effect: 'Allow',
        Action: actions,
        Resource: resources.split('\n'),
      }),
    )
    .sort((a, b) => ((a.Resource[0] ?? '') < (b.Resource[0] ?? '') ? -1 : 1));
}

function withoutCovered(arns: ReadonlySet<string>): readonly string[] {
  const prefixes = [...arns].filter((arn) => arn.endsWith('*')).map((arn) => arn.slice(0, -1));
  return [...arns].filter(
    (arn) => !prefixes.some((prefix) => arn.startsWith(prefix) && arn !== `${prefix}*`),
  );
}
