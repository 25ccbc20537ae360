/** Patterns are few, and asked for with every permission. */
const expressions = new Map<string, RegExp>();

/** Whether a name has wildcards. */
export const isPattern = (name: string): boolean => name.includes('*') || name.includes('?');

/** Whether an IAM pattern with wildcards matches all that a narrower one does. */
export function covers(pattern: string, narrower: string): boolean {
  if (!isPattern(pattern) || pattern.startsWith('{') || pattern.startsWith('not ')) return false;
  const known = expressions.get(pattern) ?? expressionOf(pattern);
  expressions.set(pattern, known);
  return known.test(narrower);
}

function expressionOf(pattern: string): RegExp {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'is');
}
