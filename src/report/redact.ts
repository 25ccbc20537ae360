import type { StackReport } from './model.ts';

/**
 * A stack's report without the values that must not be shown: CloudFormation repeats parameters in reasons, and stacks
 * in their outputs. Names and hashes stay, as programs compare them.
 */
export function redactStack(stack: StackReport, redact: (text: string) => string): StackReport {
  const { failure, outputs, diff } = stack;
  return { ...stack, ...redactDeep({ failure, outputs, diff }, redact) };
}

function redactDeep<T>(value: T, redact: (text: string) => string): T {
  if (typeof value === 'string') return redact(value) as T;
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, redact)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactDeep(item, redact)])) as T;
}
