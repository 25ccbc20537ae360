import type { CdkResource, CdkStackDiff, Statement } from './cdk-diff-text.ts';

/** A stack of the output `diff`, as far as it is compared here. */
export interface OurStack {
  readonly stackName: string;
  readonly changed: boolean;
  readonly cautions: readonly { readonly kind: string; readonly logicalId: string }[];
  readonly resources: readonly {
    readonly action: string;
    readonly logicalId: string;
    readonly changes?: readonly { readonly path: string }[];
    readonly code?: object;
  }[];
  readonly outputs: readonly Entry[];
  readonly parameters: readonly Entry[];
  readonly other: readonly Entry[];
  readonly iam: readonly {
    readonly kind: 'added' | 'removed';
    readonly effect: string;
    readonly action: string;
  }[];
}

interface Entry {
  readonly section: string;
  readonly name: string;
}

/** What `cdk diff` shows of a stack and we do not. */
export const missingIn = (ours: OurStack, cdk: CdkStackDiff): readonly string[] => [
  ...cdk.resources.flatMap((each) => missingOf(ours, each)),
  ...cdk.entries
    .filter(({ section, name }) => !isLocation(name) && !hasEntry(ours, section, name))
    .map(({ section, name }) => `${section} ${name}`),
  ...netStatements(cdk.statements)
    .filter(({ sign, action, effect }) => {
      const kind = sign === '+' ? 'added' : 'removed';
      return !ours.iam.some((each) => each.kind === kind && each.action === action && each.effect === effect);
    })
    .map(({ sign, effect, action, about }) => `${sign} ${effect} ${action} ${about}`),
];

/** Such parameters hand over where an asset is: its new content is told where it is used. */
const isLocation = (name: string): boolean => /^AssetParameters[0-9a-f]{64}/.test(name);

const ACTIONS: Readonly<Record<CdkResource['sign'], readonly string[]>> = {
  '+': ['added', 'replaced'],
  '-': ['removed', 'replaced'],
  '~': ['updated', 'code', 'may be replaced', 'replaced'],
};

function missingOf(ours: OurStack, cdk: CdkResource): string[] {
  const named = ours.resources.filter(
    ({ logicalId }) => logicalId === cdk.logicalId || logicalId.endsWith(`.${cdk.logicalId}`),
  );
  const title = `${cdk.sign} ${cdk.logicalId}`;
  const found = named.find(({ action }) => ACTIONS[cdk.sign].includes(action));
  if (!found) {
    // Attributes without an effect are told beside the resources.
    const told = cdk.properties.every((name) =>
      ours.other.some((each) => each.name === `${cdk.logicalId}.${name}`),
    );
    return told && cdk.properties.length > 0 ? [] : [title];
  }
  const replaces = cdk.fate === 'replace' && !named.some(({ action }) => action === 'replaced');
  const paths = (found.changes ?? []).map(({ path }) => path.replace(/^Properties\./, ''));
  const properties = cdk.properties.filter(
    (name) =>
      !paths.some((path) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`)),
  );
  // New content of a function or a nested template is told as such.
  const untold = found.code
    ? properties.filter((name) => !/^(Code|Content|TemplateURL)$/.test(name))
    : properties;
  return [
    ...(replaces ? [`${title}: replaced`] : []),
    ...(cdk.sign === '~' ? untold.map((name) => `${title}: ${name}`) : []),
  ];
}

function hasEntry({ outputs, parameters, other }: OurStack, section: string, name: string): boolean {
  const entries = { Output: outputs, Parameter: parameters }[section] ?? other;
  return entries.some((each) => each.name === name || each.name.startsWith(`${name}.`));
}

/** A statement that only moves is none. */
function netStatements(statements: readonly Statement[]): readonly Statement[] {
  const key = ({ effect, action, about }: Statement) => JSON.stringify([effect, action, about]);
  const signs = Map.groupBy(statements, key);
  return statements.filter((each) => new Set(signs.get(key(each))?.map(({ sign }) => sign)).size === 1);
}
