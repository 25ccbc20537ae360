import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from '@jest/globals';

/**
 * Compares a text with the file of what is expected, which is reviewed as any other file. `WRITE_EXPECTED=1` writes
 * files that are missing; without it a missing one is an error on every machine.
 */
export function expectFile(file: string, text: string): void {
  if (!existsSync(file) && process.env.WRITE_EXPECTED) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

/** Compares a template with the one in __tests__/golden, without what depends on the compilers that are installed. */
export function expectGolden(name: string, template: string): void {
  const text = template.replaceAll(/[0-9a-f]{64}/g, '<hash>');
  expectFile(resolve(import.meta.dirname, '../golden', `${name}.json`), text);
}
