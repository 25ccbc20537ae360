import { describe, expect, it } from '@jest/globals';
import {
  buildOf,
  DEFAULT_RUNTIMES,
  deprecatedFrom,
  inlineFileOf,
  languageOf,
  languageVersion,
  RUNTIME_PREFIXES,
  RUNTIMES,
} from '../src/runtimes.ts';

describe('runtimes', () => {
  it.each(RUNTIMES)('%s starts as those of one language do', (runtime) => {
    expect(RUNTIME_PREFIXES.filter((prefix) => runtime.startsWith(prefix))).toHaveLength(1);
    expect(deprecatedFrom(runtime) ?? '2020-01-01').toMatch(/^20\d\d-\d\d-\d\d$/);
  });

  it.each(Object.entries(DEFAULT_RUNTIMES))('what %s builds make runs on %s', (kind, runtime) => {
    expect(RUNTIMES).toContain(runtime);
    expect(buildOf(runtime)).toBe(kind);
  });

  it.each([
    ['nodejs24.x', 'node', '24', 'index.js'],
    ['nodejs98.x', 'node', '98', 'index.js'],
    ['python3.14', 'python', '3.14', 'index.py'],
    ['java8.al2', 'java', '8', undefined],
    ['dotnet10', 'dotnet', '10', undefined],
    ['go1.x', 'go', '1', undefined],
    ['provided.al2023', 'provided', undefined, undefined],
  ] as const)('%s is of %s, version %s', (runtime, language, version, file) => {
    expect(languageOf(runtime)).toBe(language);
    expect(languageVersion(language, runtime)).toBe(version);
    expect(languageVersion('ruby', runtime)).toBeUndefined();
    expect(inlineFileOf(runtime)).toBe(file);
  });

  it('knows nothing of what is no runtime', () => {
    expect(languageOf('cobol1.x')).toBeUndefined();
    expect(deprecatedFrom('constructor')).toBeUndefined();
  });
});
