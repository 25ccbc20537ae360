/** What `cdk diff` prints of one stack, and of the stacks in it. */
export interface CdkStackDiff {
  readonly resources: readonly CdkResource[];
  /** Outputs, parameters, conditions, mappings. */
  readonly entries: readonly { readonly section: string; readonly name: string }[];
  readonly statements: readonly Statement[];
}

export interface CdkResource {
  readonly sign: '+' | '-' | '~';
  readonly type: string;
  readonly logicalId: string;
  /** `replace`, `may be replaced`, `destroy` ... */
  readonly fate: string;
  /** Properties and attributes, at the first level. */
  readonly properties: string[];
}

/** A permission that comes or goes. */
export interface Statement {
  readonly sign: '+' | '-';
  readonly effect: string;
  readonly action: string;
  readonly about: string;
}

interface Open {
  resources: CdkResource[];
  entries: { section: string; name: string }[];
  statements: Statement[];
}

/** What follows a logical ID. */
const FATE = / (replace|may be replaced|destroy|orphan|import)$/;

/** Reads the text of `cdk diff`, stack by stack; nested stacks count for the one whose name theirs begins with. */
export function parseCdkDiff(text: string): ReadonlyMap<string, CdkStackDiff> {
  const stacks = new Map<string, Open>();
  let open: Open | undefined;
  let row: Omit<Statement, 'action'> | undefined;
  for (const line of text.split('\n')) {
    const [, name] = /^Stack (\S+)/.exec(line) ?? [];
    if (name !== undefined) {
      const root = [...stacks.keys()].find((each) => name.startsWith(`${each}-`)) ?? name;
      open = stacks.get(root) ?? { resources: [], entries: [], statements: [] };
      stacks.set(root, open);
    }
    if (!open) continue;
    const cells = line.startsWith('│') ? line.split('│').map((cell) => cell.trim()) : [];
    if (cells.length === 8) {
      const [, sign = '', resource = '', effect = '', action = '', principal = ''] = cells;
      if (sign === '+' || sign === '-') row = { sign, effect, about: `${resource} ${principal}` };
      if (row && action !== '' && action !== 'Action') open.statements.push({ ...row, action });
      continue;
    }
    row = undefined;
    const entry = /^\[[-+~]\] (Output|Parameter|Condition|Mapping) .*?(\w+): /.exec(line);
    const [, property] = /^ [├└]─ \[[-+~]\] (\w+)/.exec(line) ?? [];
    const [, fate = ''] = FATE.exec(line) ?? [];
    const resource = /^\[([-+~])\] (\w+::\S+) (?:.+ )?(\w+)$/.exec(line.replace(FATE, ''));
    if (entry) open.entries.push({ section: entry[1] ?? '', name: entry[2] ?? '' });
    else if (property !== undefined) open.resources.at(-1)?.properties.push(property);
    else if (resource) {
      const [, sign, type = '', logicalId = ''] = resource;
      open.resources.push({ sign: sign as '+' | '-' | '~', type, logicalId, fate, properties: [] });
    }
  }
  return stacks;
}
