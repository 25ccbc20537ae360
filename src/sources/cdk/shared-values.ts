import type { Problem } from '../../problem.ts';
import { declaredParameters } from '../../template/parameters.ts';
import {
  isObject,
  type Json,
  type JsonObject,
  own,
  scalarText,
  type Template,
} from '../../template/types.ts';
import { knownParameters, knownValue } from '../../template/values/known-value.ts';
import type { StackDraft } from '../draft.ts';

/** What a stack leaves for others in its account and region, and what it takes of theirs: `the export orchard-harvest`. */
export interface SharedValues {
  readonly gives: ReadonlySet<string>;
  readonly takes: ReadonlySet<string>;
  /** Names of exports that it has whatever its parameters and conditions are. */
  readonly exports: ReadonlySet<string>;
}

type Named = Pick<StackDraft, 'stackName' | 'environment' | 'parameters' | 'template' | 'nested'>;

/** One value has one name, however it is shared. */
const NAMES = {
  export: (name: string) => `the export ${name}`,
  ssm: (name: string) => `the SSM parameter ${name.startsWith('/') ? name : `/${name}`}`,
  secret: (name: string) => `the secret ${name}`,
  stack: (name: string) => `an output of ${name}`,
};

/** Resources whose name is that of a value that dynamic references read. */
const GIVERS: Readonly<Record<string, (name: string) => string>> = {
  'AWS::SSM::Parameter': NAMES.ssm,
  'AWS::SecretsManager::Secret': NAMES.secret,
};

/** `{{resolve:ssm:/market/stall:1}}`; names of secrets hold no colons, their ARNs do. */
const DYNAMIC = /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^:}]+)[^}]*\}\}/g;

/**
 * What a stack and those in it share with others, as far as its name is known without asking AWS. CloudFormation does not
 * wait for such values: a stack that takes one has to be deployed after the stack that gives it.
 */
export function sharedValues({
  stackName,
  environment = {},
  parameters,
  template,
  nested,
}: Named): SharedValues {
  const gives = new Set<string>([NAMES.stack(stackName)]);
  const takes = new Set<string>();
  const place = {
    'AWS::StackName': stackName,
    ...(environment.region && { 'AWS::Region': environment.region }),
    ...(environment.account && { 'AWS::AccountId': environment.account }),
  };
  for (const each of [
    { template: template.template, parameters },
    ...nested.map((inner) => ({ template: inner.template.template, parameters: {} })),
  ]) {
    const known = { ...knownParameters(each.template, each.parameters), ...place };
    for (const value of given(each.template, known)) gives.add(value);
    addTaken(takes, each.template, { values: each.parameters, known });
  }
  return { gives, takes, exports: new Set(surelyExported(template.template, place)) };
}

type Known = Readonly<Record<string, string>>;

const outputsOf = ({ Outputs }: Template): readonly JsonObject[] =>
  Object.values(isObject(Outputs) ? Outputs : {}).filter(isObject);

function exportName({ Export }: JsonObject, known: Known): string | undefined {
  const name = knownValue(isObject(Export) ? Export.Name : undefined, known);
  return typeof name === 'string' ? name : undefined;
}

function* surelyExported(template: Template, place: Known): Generator<string> {
  for (const output of outputsOf(template)) {
    const name = output.Condition === undefined ? exportName(output, place) : undefined;
    if (name !== undefined) yield name;
  }
}

function* given(template: Template, known: Known): Generator<string> {
  for (const output of outputsOf(template)) {
    const name = exportName(output, known);
    if (name !== undefined) yield NAMES.export(name);
  }
  for (const resource of Object.values(template.Resources)) {
    if (!isObject(resource)) continue;
    const giver = own(GIVERS, scalarText(resource.Type));
    const name = isObject(resource.Properties) ? knownValue(resource.Properties.Name, known) : undefined;
    if (giver && typeof name === 'string') yield giver(name);
  }
}

function addTaken(
  takes: Set<string>,
  template: Template,
  { values, known }: { readonly values: Known; readonly known: Known },
): void {
  for (const [name, { Type, Default }] of Object.entries(declaredParameters(template))) {
    if (!scalarText(Type).startsWith('AWS::SSM::Parameter::')) continue;
    const read = own(values, name) ?? scalarText(Default);
    if (read !== '') takes.add(NAMES.ssm(read.split(':')[0] ?? read));
  }
  const visit = (value: Json): void => {
    if (typeof value === 'string') {
      if (value.includes('{{')) for (const each of dynamicReferences(value)) takes.add(each);
    } else if (Array.isArray(value)) value.forEach(visit);
    else if (isObject(value)) {
      for (const each of takenByFunction(value, known)) takes.add(each);
      for (const each of Object.values(value)) visit(each);
    }
  };
  visit(template);
}

function* takenByFunction(value: JsonObject, known: Known): Generator<string> {
  const imported = own(value, 'Fn::ImportValue');
  const name = imported === undefined ? undefined : knownValue(imported, known);
  if (typeof name === 'string') yield NAMES.export(name);
  const output = own(value, 'Fn::GetStackOutput');
  if (isObject(output) && typeof output.StackName === 'string') yield NAMES.stack(output.StackName);
  // A reference may be put together of parts.
  if (Object.hasOwn(value, 'Fn::Join') || Object.hasOwn(value, 'Fn::Sub')) {
    const whole = knownValue(value, known);
    if (typeof whole === 'string') yield* dynamicReferences(whole);
  }
}

function* dynamicReferences(text: string): Generator<string> {
  for (const [, service, name = ''] of text.matchAll(DYNAMIC))
    yield service === 'secretsmanager' ? NAMES.secret(name) : NAMES.ssm(name);
}

/** A stack that takes a value of another. */
export interface Taking {
  /** Ids of the two. */
  readonly taker: string;
  readonly giver: string;
  readonly value: string;
}

/** A stack with what it shares. */
export interface Sharing {
  readonly draft: Pick<StackDraft, 'id' | 'displayName' | 'environment'>;
  readonly shared: SharedValues;
}

/** Who takes what of whom, among stacks of the same account and region. */
export function takings(takers: readonly Sharing[], givers: readonly Sharing[]): readonly Taking[] {
  return takers.flatMap(({ draft, shared }) =>
    givers
      .filter((other) => other.draft.id !== draft.id && samePlace(other.draft, draft))
      .flatMap((other) =>
        [...shared.takes]
          .filter((value) => other.shared.gives.has(value))
          .map((value) => ({ taker: draft.id, giver: other.draft.id, value })),
      ),
  );
}

/** Where nothing is fixed, both are where the job is. */
const samePlace = (
  { environment: a = {} }: Sharing['draft'],
  { environment: b = {} }: Sharing['draft'],
): boolean => a.account === b.account && a.region === b.region;

/** Stacks that export the same name: CloudFormation refuses the second of an account and region, while it deploys. */
export function sameExports(all: readonly Sharing[]): Problem[] {
  return all.flatMap(({ draft, shared }, at) =>
    all
      .slice(at + 1)
      .filter((other) => samePlace(other.draft, draft))
      .flatMap((other) =>
        [...shared.exports]
          .filter((name) => other.shared.exports.has(name))
          .map((name) => ({
            message: `${nameOf(draft)} and ${nameOf(other.draft)} both export ${name}, and CloudFormation takes a name once in an account and region`,
            next: 'Give one of the two exports another name.',
          })),
      ),
  );
}

const nameOf = ({ displayName, id }: Sharing['draft']): string => displayName ?? id;

/** Stacks that wait for one another's values. */
export function circularValues(
  all: readonly Taking[],
  circle: readonly { readonly id: string; readonly displayName?: string }[],
): Problem {
  const names = new Map(circle.map(({ id, displayName = id }) => [id, displayName]));
  const lines = all.flatMap(({ taker, giver, value }) => {
    const [from, to] = [names.get(taker), names.get(giver)];
    return from === undefined || to === undefined ? [] : [`${from} takes ${value} of ${to}`];
  });
  return {
    message: `these stacks depend on one another in a circle: ${[...names.values()].join(', ')}${lines.length > 0 ? ` (${lines.join('; ')})` : ''}`,
    next: 'Move what both need to a stack of its own.',
  };
}
