import * as cloudFormation from '@aws-sdk/client-cloudformation';

/**
 * A shape of the SDK's models: a number for plain values (0 text, 1 number, 2 yes or no; 64 more for a list of them), else
 * `[kind, namespace, name, traits, ...]`, where a structure (3) goes on with names and shapes of its members, and how many
 * of these are required, and a list (1) with the shape of its items. Shapes that are defined later are functions.
 */
type Shape = number | readonly unknown[] | (() => Shape);

const LIST_OF = 64;
const [STRUCTURE, LIST] = [3, 1];

/** Values that a member may have, by its name: schemas leave them out. */
const ENUMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Capabilities: cloudFormation.Capability,
  ChangeSetType: cloudFormation.ChangeSetType,
  DeletionMode: cloudFormation.DeletionMode,
  DeploymentMode: cloudFormation.DeploymentMode,
  Mode: cloudFormation.DeploymentConfigMode,
  OnStackFailure: cloudFormation.OnStackFailure,
  PermissionModel: cloudFormation.PermissionModels,
  RegionConcurrencyType: cloudFormation.RegionConcurrencyType,
  ConcurrencyMode: cloudFormation.ConcurrencyMode,
  AccountFilterType: cloudFormation.AccountFilterType,
  CallAs: cloudFormation.CallAs,
};

/** A parameter that the model of its operation does not have, or not so. */
export type ModelProblem = string;

/**
 * Compares a request in CloudFormation's query protocol (`Tags.member.1.Key=...`) with the SDK's own model of it.
 *
 * @returns what the model does not know, one line each
 */
export function modelProblems(body: string): readonly ModelProblem[] {
  const form = new URLSearchParams(body);
  const action = form.get('Action') ?? '';
  const shapes: Readonly<Record<string, unknown>> = cloudFormation;
  const input = shapes[`${action}Input$`] ?? shapes[`${action}Request$`];
  if (input === undefined) return [`${action} is no operation of CloudFormation`];
  const keys = [...form].filter(([name]) => name !== 'Action' && name !== 'Version');
  const given = new Set(keys.map(([name]) => name.split('.')[0]));
  const [, , , , names = [], , required = 0] = input as [
    number,
    string,
    string,
    number,
    string[],
    Shape[],
    number?,
  ];
  return [
    ...names
      .slice(0, required)
      .filter((name) => !given.has(name))
      .map((name) => `${action} lacks ${name}`),
    ...keys.flatMap(([name, value]) => {
      const why = mismatch(input as Shape, name.split('.'), value);
      return why === undefined ? [] : [`${action}: ${name}=${value}: ${why}`];
    }),
  ];
}

/** A member with traits of its own is a pair: its shape, and these. */
const resolved = (shape: Shape): number | readonly unknown[] => {
  if (typeof shape === 'function') return resolved(shape());
  return typeof shape === 'object' && shape.length === 2 ? resolved(shape[0] as Shape) : shape;
};

function mismatch(shape: Shape, path: readonly string[], value: string, member = ''): string | undefined {
  const found = resolved(shape);
  const [first = '', ...rest] = path;
  // An empty list is written without items.
  const isList = typeof found === 'number' ? found >= LIST_OF : found[0] === LIST;
  if (isList && path.length === 0 && value === '') return undefined;
  if (typeof found === 'number') {
    if (found >= LIST_OF)
      return first === 'member' ? mismatch(found - LIST_OF, rest.slice(1), value, member) : 'it is a list';
    return path.length > 0 ? 'it has no members' : valueProblem(found, value, member);
  }
  const [kind, , , , content, shapes] = found as [
    number,
    string,
    string,
    unknown,
    string[] | Shape,
    Shape[]?,
  ];
  if (kind === LIST)
    return first === 'member' ? mismatch(content as Shape, rest.slice(1), value, member) : 'it is a list';
  if (kind !== STRUCTURE) return 'its shape is not known to the test';
  const index = (content as string[]).indexOf(first);
  const next = shapes?.[index];
  return next === undefined ? `there is no ${first}` : mismatch(next, rest, value, first);
}

function valueProblem(type: number, value: string, member: string): string | undefined {
  const accepts = ENUMS[member] && Object.values(ENUMS[member]);
  if (accepts && !accepts.includes(value)) return `it has to be one of ${accepts.join(', ')}`;
  if (type === 1 && !/^-?\d+(\.\d+)?$/.test(value)) return 'it has to be a number';
  return type === 2 && !/^(true|false)$/.test(value) ? 'it has to be true or false' : undefined;
}
