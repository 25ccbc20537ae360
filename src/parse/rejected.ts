import type { Problem } from '../problem.ts';
import { type InputKind, quoted } from './kinds.ts';

/** Inputs that may hold secrets are not quoted: their secrets are not known yet. The name of a file is. */
const UNQUOTED: ReadonlySet<string> = new Set(['parameters', 'env', 'event', 'github-token', 'external-id']);
const FILE_NAME = /^(file:\/\/)?[\w./-]+\.(json|ya?ml)$/;

/** An input's value that is not accepted, and what to give instead. */
export function rejected(
  name: string,
  given: string,
  { accepts, meant, mayBeFile }: InputKind<unknown>,
): Problem {
  if (mayBeFile && FILE_NAME.test(given)) {
    return {
      subject: `input ${name}`,
      message: `there is no file ${quoted(given)}`,
      next: `Give its path relative to working-directory, or ${accepts}.`,
    };
  }
  const close = meant?.(given);
  const next = close === undefined ? `Give ${accepts}.` : `Give ${close} if that is meant.`;
  if (UNQUOTED.has(name) && !FILE_NAME.test(given))
    return { subject: `input ${name}`, message: 'the value is not accepted', next };
  return { subject: `input ${name}`, message: `${quoted(given)} is not accepted`, next };
}
