import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from '@jest/globals';

/**
 * Compares a template with the one in __tests__/golden, without what depends on the compilers that are installed. A new
 * one is written at first, and then reviewed as any other file; in CI a missing one is an error.
 */
export function expectGolden(name: string, template: string): void {
  const file = resolve(import.meta.dirname, '../golden', `${name}.json`);
  const text = template.replaceAll(/[0-9a-f]{64}/g, '<hash>');
  if (!existsSync(file) && !process.env.CI) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}
