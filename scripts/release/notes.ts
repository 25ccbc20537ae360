/** `1.2.0` of `v1.2.0`; `undefined` for tags that are no release. */
export const versionOf = (tag: string): string | undefined => /^v(\d+\.\d+\.\d+)$/.exec(tag)?.[1];

/**
 * What the changelog says of a version: all between its heading (`## [1.2.0] - 2026-01-31`) and the next one.
 *
 * @throws Error when the version has no heading with a date, or nothing stands below it
 */
export function notesOf(changelog: string, version: string): string {
  const sections = changelog.split(/^## (?=\[)/m).slice(1);
  const found = sections.find((section) => section.startsWith(`[${version}]`));
  if (found === undefined)
    throw new Error(
      `CHANGELOG.md has no heading "## [${version}] - <date>": rename "## [Unreleased]" to it and commit that first`,
    );
  const [heading = '', ...lines] = found.split('\n');
  if (!/^\[[^\]]+\] - \d{4}-\d{2}-\d{2}$/.test(heading.trim()))
    throw new Error(`CHANGELOG.md: "## ${heading.trim()}" has no date, as in "## [${version}] - 2026-01-31"`);
  const links = /^\[[^\]]+\]: \S+$/;
  const text = lines
    .filter((line) => !links.test(line))
    .join('\n')
    .trim();
  if (text === '') throw new Error(`CHANGELOG.md says nothing about ${version}`);
  return text;
}

/** What is wrong with a release of this tag, all at once. */
export function releaseProblems(
  tag: string,
  { packageJson, lock, changelog }: Readonly<Record<'packageJson' | 'lock' | 'changelog', string>>,
): string[] {
  const version = versionOf(tag);
  if (version === undefined) return [`${tag} is no release: tags of releases are like v1.2.0`];
  const problems: string[] = [];
  for (const [name, text] of [
    ['package.json', packageJson],
    ['package-lock.json', lock],
  ] as const) {
    const written = (JSON.parse(text) as { version?: string }).version;
    if (written !== version)
      problems.push(`${name} has version ${written}, the tag is ${tag}: run npm version ${version}`);
  }
  try {
    notesOf(changelog, version);
  } catch (error) {
    problems.push((error as Error).message);
  }
  return problems;
}

/** Whether no other tag of the same major version is a later one: a fix of an old version leaves `v1` where it is. */
export function isNewest(tag: string, tags: readonly string[]): boolean {
  const numbers = (each: string): number[] => (versionOf(each) ?? '').split('.').map(Number);
  const [major, ...rest] = numbers(tag);
  return tags
    .filter((each) => versionOf(each) !== undefined && numbers(each)[0] === major)
    .every((each) => {
      const [, ...other] = numbers(each);
      const at = rest.findIndex((number, index) => number !== other[index]);
      return at < 0 || (rest[at] ?? 0) > (other[at] ?? 0);
    });
}
