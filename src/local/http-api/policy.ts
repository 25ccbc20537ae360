import type { Json, JsonObject } from '../../template/types.ts';
import { mapOf, text } from '../functions/resolve.ts';

/** What a policy document says about one request: an explicit deny wins, and silence denies. */
export function evaluatePolicy(document: Json | undefined, arn: string): 'allow' | 'deny' | 'explicit-deny' {
  let decision: 'allow' | 'deny' = 'deny';
  const { Statement } = mapOf(document);
  for (const statement of (Array.isArray(Statement) ? Statement : [Statement ?? {}]).map(mapOf)) {
    if (!matches(statement, arn)) continue;
    if (statement.Effect === 'Deny') return 'explicit-deny';
    if (statement.Effect === 'Allow') decision = 'allow';
  }
  return decision;
}

/** Statements with what is not evaluated here (conditions, negations) deny, and never allow. */
function matches(statement: JsonObject, arn: string): boolean {
  const restricted = ['Condition', 'NotAction', 'NotResource'].some((key) => statement[key] !== undefined);
  if (restricted) return statement.Effect === 'Deny';
  return anyMatches(statement.Action, 'execute-api:Invoke') && anyMatches(statement.Resource, arn);
}

function anyMatches(patterns: Json | undefined, value: string): boolean {
  const list = Array.isArray(patterns) ? patterns : patterns === undefined ? [] : [patterns];
  return list.some((pattern) => glob(text(pattern)).test(value));
}

/** `*` is any text, `?` any character; runs of stars are one, so that a hostile policy can't make matching slow. */
function glob(pattern: string): RegExp {
  const escaped = pattern.replace(/\*+/g, '*').replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'is');
}
