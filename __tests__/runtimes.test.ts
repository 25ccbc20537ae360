import { describe, expect, it } from '@jest/globals';
import {
  buildOf,
  DEFAULT_RUNTIMES,
  deprecatedFrom,
  inlineFileOf,
  isOnAl2023,
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

  it.each([
    ['nodejs18.x', false],
    ['nodejs20.x', true],
    ['nodejs100.x', true],
    ['python3.9', false],
    ['python3.11', false],
    ['python3.12', true],
    ['provided.al2', false],
    ['provided.al2023', true],
    ['java17', false],
    ['java17.al2023', true],
    ['java8.al2', false],
    ['java21', true],
    ['ruby3.2', false],
    ['ruby3.3', true],
    ['dotnet8', true],
    ['dotnetcore3.1', false],
    ['go1.x', false],
  ])('%s is on Amazon Linux 2023: %s', (runtime, is) => {
    expect(isOnAl2023(runtime)).toBe(is);
  });

  it('knows nothing of what is no runtime', () => {
    expect(languageOf('cobol1.x')).toBeUndefined();
    expect(deprecatedFrom('constructor')).toBeUndefined();
  });
});
