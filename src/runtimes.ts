/** What runs the code of functions: a language, what the code brings along (`provided`), or what customers manage (`custom`). */
export type Language = 'node' | 'python' | 'provided' | 'go' | 'java' | 'ruby' | 'dotnet' | 'custom';

interface Runtimes {
  /** How the identifiers of its runtimes start. */
  readonly prefix: string;
  /** What a function of a service definition runs on that names none. */
  readonly byDefault?: string;
  /** The kind of build whose output it runs. */
  readonly runs?: 'go' | 'node' | 'python';
  /**
   * The file that CloudFormation makes of inline code.
   * Source: CloudFormation reference, `AWS::Lambda::Function Code`.
   */
  readonly inlineFile?: string;
  /** The first version on Amazon Linux 2023, where names do not say it; those before it run on an older one. */
  readonly onAl2023From?: string;
  /** Its runtimes, and the day from which each is deprecated; `undefined`: no date is announced. */
  readonly deprecatedFrom: Readonly<Record<string, string | undefined>>;
}

/**
 * Every runtime that Lambda has or had. A new one is a new line here; a new language needs a line in
 * `local/runtime/start-command.ts`, too.
 *
 * Source: AWS Lambda Developer Guide, "Lambda runtimes", "Supported runtimes" and "Deprecated runtimes". Dates to come
 * are those that AWS projects.
 */
const LANGUAGES = {
  node: {
    prefix: 'nodejs',
    byDefault: 'nodejs24.x',
    runs: 'node',
    inlineFile: 'index.js',
    onAl2023From: '20',
    deprecatedFrom: {
      nodejs: '2016-08-30',
      'nodejs4.3': '2020-03-05',
      'nodejs6.10': '2019-08-12',
      'nodejs8.10': '2020-03-06',
      'nodejs10.x': '2021-07-30',
      'nodejs12.x': '2023-03-31',
      'nodejs14.x': '2023-12-04',
      'nodejs16.x': '2024-06-12',
      'nodejs18.x': '2025-09-01',
      'nodejs20.x': '2026-04-30',
      'nodejs22.x': '2027-04-30',
      'nodejs24.x': '2028-04-30',
      'nodejs26.x': undefined,
    },
  },
  python: {
    prefix: 'python',
    byDefault: 'python3.14',
    runs: 'python',
    inlineFile: 'index.py',
    onAl2023From: '3.12',
    deprecatedFrom: {
      'python2.7': '2021-07-15',
      'python3.6': '2022-07-18',
      'python3.7': '2023-12-04',
      'python3.8': '2024-10-14',
      'python3.9': '2025-12-15',
      'python3.10': '2026-10-31',
      'python3.11': '2027-06-30',
      'python3.12': '2028-10-31',
      'python3.13': '2029-06-30',
      'python3.14': '2029-06-30',
      'python3.15': undefined,
    },
  },
  provided: {
    prefix: 'provided',
    byDefault: 'provided.al2023',
    runs: 'go',
    deprecatedFrom: {
      provided: '2024-01-08',
      'provided.al2': '2026-07-31',
      'provided.al2023': '2029-06-30',
    },
  },
  go: { prefix: 'go1.x', deprecatedFrom: { 'go1.x': '2024-01-08' } },
  java: {
    prefix: 'java',
    onAl2023From: '21',
    deprecatedFrom: {
      java8: '2024-01-08',
      'java8.al2': '2027-06-30',
      'java8.al2023': undefined,
      java11: '2027-06-30',
      'java11.al2023': undefined,
      java17: '2027-06-30',
      'java17.al2023': undefined,
      java21: '2029-06-30',
      java25: '2029-06-30',
    },
  },
  ruby: {
    prefix: 'ruby',
    onAl2023From: '3.3',
    deprecatedFrom: {
      'ruby2.5': '2021-07-30',
      'ruby2.7': '2023-12-07',
      'ruby3.2': '2026-03-31',
      'ruby3.3': '2027-03-31',
      'ruby3.4': '2028-03-31',
      'ruby4.0': '2029-03-31',
    },
  },
  dotnet: {
    prefix: 'dotnet',
    onAl2023From: '8',
    deprecatedFrom: {
      'dotnetcore1.0': '2019-06-27',
      'dotnetcore2.0': '2019-05-30',
      'dotnetcore2.1': '2022-01-05',
      'dotnetcore3.1': '2023-04-03',
      dotnet6: '2024-12-20',
      dotnet8: '2026-11-10',
      dotnet10: '2028-11-14',
    },
  },
  custom: { prefix: 'custom', deprecatedFrom: { custom: undefined } },
} as const satisfies Readonly<Record<Language, Runtimes>>;

const ROWS: readonly (readonly [Language, Runtimes])[] = Object.entries(LANGUAGES) as [Language, Runtimes][];

const DATES = new Map(ROWS.flatMap(([, { deprecatedFrom }]) => Object.entries(deprecatedFrom)));

/** How identifiers of runtimes start. */
export const RUNTIME_PREFIXES: readonly string[] = ROWS.map(([, { prefix }]) => prefix);

/** What a function of each kind of build runs on when it does not say. */
export const DEFAULT_RUNTIMES = {
  node: LANGUAGES.node.byDefault,
  python: LANGUAGES.python.byDefault,
  go: LANGUAGES.provided.byDefault,
} as const;

/** Names of all runtimes, sorted. */
export const RUNTIMES: readonly string[] = [...DATES.keys()].sort();

/** The day (`2026-04-30`) from which the runtime is deprecated, `undefined` when none is announced or it is unknown. */
export const deprecatedFrom = (runtime: string): string | undefined => DATES.get(runtime);

/** What a runtime runs, also one that is newer than the table; `undefined` when it is none. */
export const languageOf = (runtime: string): Language | undefined =>
  ROWS.find(([, { prefix }]) => runtime.startsWith(prefix))?.[0];

/** The kind of build whose output a runtime runs. */
export const buildOf = (runtime: string): Runtimes['runs'] => rowOf(runtime)?.runs;

/** The file that CloudFormation makes of inline code. */
export const inlineFileOf = (runtime: string): string | undefined => rowOf(runtime)?.inlineFile;

/**
 * The version of a language that a runtime has: `24` of `nodejs24.x`, `3.14` of `python3.14`.
 *
 * @returns `undefined` when the runtime is one of another language
 */
export const languageVersion = (language: Language, runtime: string): string | undefined =>
  languageOf(runtime) === language ? /^[a-z]+(\d+(?:\.\d+)?)/.exec(runtime)?.[1] : undefined;

/** Whether a runtime has Amazon Linux 2023; others have Amazon Linux 2, or an older one. */
export function isOnAl2023(runtime: string): boolean {
  if (runtime.endsWith('.al2023')) return true;
  const language = languageOf(runtime);
  const version = language && languageVersion(language, runtime);
  const first = rowOf(runtime)?.onAl2023From;
  if (version === undefined || first === undefined || runtime.endsWith('.al2')) return false;
  return version.localeCompare(first, 'en', { numeric: true }) >= 0;
}

function rowOf(runtime: string): Runtimes | undefined {
  const language = languageOf(runtime);
  return language && LANGUAGES[language];
}

/**
 * What web functions run on; the first one where none is chosen.
 * Source: AWS Lambda Developer Guide, "Lambda Web Function runtimes", 2026-11-29.
 */
export const WEB_RUNTIMES = ['nodejs24.x'] as const;
