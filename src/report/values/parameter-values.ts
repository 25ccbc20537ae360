/** The value that a parameter had, and the one that it is given. */
export interface ParameterValues {
  readonly before: string;
  readonly after: string;
}

type Values = Readonly<Record<string, string>>;

/** Names of what should be NoEcho and is not, as it happens: comments have more readers than AWS's console. */
const SECRET_NAMES =
  /passw|passphrase|secret|token|credential|private|webhook|dsn|connection_?string|(api|access|auth|signing|license|account|encryption|master|shared|ssh|sas)[-_]?key/i;
const SECRET_VALUES = /:\/\/[^/\s]*@|-----BEGIN/;

/** Old and new values of the parameters that change, by name, but of those that may be secrets; accounts are left out. */
export function parameterValues(
  names: readonly string[],
  before: Values,
  after: Values,
): Readonly<Record<string, ParameterValues>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const [old = '', now = ''] = [before[name], after[name]];
      if (SECRET_NAMES.test(name) || [old, now].some((each) => SECRET_VALUES.test(each))) return [];
      const shown = { before: withoutAccounts(old), after: withoutAccounts(now) };
      return shown.before === shown.after ? [] : [[name, shown] as const];
    }),
  );
}

/** A value of a property for people to read; one that may be a secret is not shown. */
export const shownValue = (name: string, value: string): string =>
  SECRET_NAMES.test(name) || SECRET_NAMES.test(value) || SECRET_VALUES.test(value)
    ? '(hidden)'
    : withoutAccounts(value);

const withoutAccounts = (value: string): string => value.replaceAll(/(?<!\d)\d{12}(?!\d)/g, '****');
