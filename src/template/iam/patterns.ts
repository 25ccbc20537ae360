/** Whether an IAM pattern with wildcards matches all that a narrower one does. */
export function covers(pattern: string, narrower: string): boolean {
  if (!/[*?]/.test(pattern) || pattern.startsWith('{') || pattern.startsWith('not ')) return false;
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'is').test(narrower);
}
