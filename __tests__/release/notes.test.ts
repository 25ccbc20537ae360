import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isNewest, notesOf, releaseProblems, versionOf } from '../../scripts/release/notes.ts';

const CHANGELOG = `# Changelog

## [Unreleased]

## [1.2.0] - 2026-11-29

### Added

- Pictures. See [docs](docs/x.md).

## [1.1.0] - 2026-10-01

### Fixed

- Words.

[1.2.0]: https://example.com/1.2.0
`;
const packageOf = (version: string): string => JSON.stringify({ version });
const files = (version: string, changelog = CHANGELOG) => ({
  packageJson: packageOf(version),
  lock: packageOf(version),
  changelog,
});

describe('the notes of a release', () => {
  it('are the section of its version', () => {
    expect(notesOf(CHANGELOG, '1.2.0')).toBe('### Added\n\n- Pictures. See [docs](docs/x.md).');
    expect(notesOf(CHANGELOG, '1.1.0')).toBe('### Fixed\n\n- Words.');
  });

  it.each([
    ['1.3.0', 'CHANGELOG.md has no heading "## [1.3.0] - <date>"'],
    ['1.2', 'no heading "## [1.2] - <date>"'],
    ['Unreleased', '"## [Unreleased]" has no date'],
  ])('of %s cannot be had: %s', (version, message) => {
    expect(() => notesOf(CHANGELOG, version)).toThrow(message);
  });

  it('are not empty', () => {
    expect(() => notesOf('## [1.0.0] - 2026-01-01\n\n## [0.9.0] - 2025-01-01\n- x\n', '1.0.0')).toThrow(
      'CHANGELOG.md says nothing about 1.0.0',
    );
  });

  it("are there for this repository's next version, once its heading has a date", () => {
    const root = resolve(import.meta.dirname, '../..');
    const text = readFileSync(resolve(root, 'CHANGELOG.md'), 'utf8');
    const dated = text.replace('## [Unreleased]', '## [1.0.0] - 2026-12-01');
    expect(notesOf(dated, '1.0.0')).toContain('### Added');
  });
});

describe('a tag', () => {
  it('can be released where all agree', () => {
    expect(releaseProblems('v1.2.0', files('1.2.0'))).toEqual([]);
  });

  it('is told all that is in its way', () => {
    expect(releaseProblems('v1.4.0', { ...files('1.2.0'), lock: packageOf('1.1.0') })).toEqual([
      'package.json has version 1.2.0, the tag is v1.4.0: run npm version 1.4.0',
      'package-lock.json has version 1.1.0, the tag is v1.4.0: run npm version 1.4.0',
      expect.stringContaining('CHANGELOG.md has no heading "## [1.4.0] - <date>"'),
    ]);
  });

  it.each(['v1', 'v1.2', '1.2.0', 'v1.2.0-rc.1', 'v1.2.0\n', 'main'])('%j is none of a release', (tag) => {
    expect(versionOf(tag)).toBeUndefined();
    expect(releaseProblems(tag, files('1.2.0'))).toEqual([expect.stringContaining('is no release')]);
  });

  it.each([
    ['v1.2.0', ['v1', 'v1.2.0', 'v1.1.9', 'v2.0.0', 'v10.0.0'], true],
    ['v1.10.0', ['v1.9.0', 'v1.10.0'], true],
    ['v1.1.1', ['v1.1.1', 'v1.2.0'], false],
    ['v1.2.1', ['v1.2.10'], false],
    ['v1.0.0', ['v1.0.0', 'v1.1.0-rc.1'], true],
  ] as const)('%s moves the major version: %j, %j', (tag, tags, expected) => {
    expect(isNewest(tag, tags)).toBe(expected);
  });
});
