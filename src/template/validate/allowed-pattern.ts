import { runInThisContext } from 'node:vm';

/** Longer than any match that comes to an end takes; patterns can be written to take years. */
const PATIENCE_MS = 100;

/**
 * Whether a whole value matches an `AllowedPattern`, which is a regular expression of Java.
 * Source: CloudFormation template reference, "Parameters": CloudFormation uses the regular expression syntax of Java.
 *
 * @returns `undefined` where JavaScript may read the pattern in another way
 */
export function matchesPattern(pattern: string, value: string): boolean | undefined {
  // The two languages class the letters and spaces of ASCII only in the same way.
  if (!isShared(pattern) || !/^[\x00-\x7f]*$/.test(value)) return undefined;
  try {
    const code = `new RegExp(${JSON.stringify(`^(?:${pattern})$`)}).test(${JSON.stringify(value)})`;
    return runInThisContext(code, { timeout: PATIENCE_MS }) === true;
  } catch {
    // Not JavaScript's, or given up.
    return undefined;
  }
}

/** Whether all of a pattern means the same in both: no escapes of Java's own, references back, flags, possessive marks or classes in classes. */
function isShared(pattern: string): boolean {
  if (/\\[^\WbBdDwWsSnrtf_]/.test(pattern)) return false;
  const plain = pattern.replaceAll(/\\./gs, 'e');
  return (
    !/\(\?(?![:=!])/.test(plain) &&
    !/[+*?}]\+/.test(plain.replaceAll(/\[[^\]]*\]/g, 'c')) &&
    !/\[\^?\]|\[[^\]]*(\[|&&)/.test(plain)
  );
}
