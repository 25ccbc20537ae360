import type { Assembly, NestedTemplate, StackAssembly } from '../../assembly/types.ts';
import type { NamedEnvironment } from '../../environments/named-environment.ts';
import type { Log } from '../../log.ts';
import { type Problem, ProblemError, problemLine } from '../../problem.ts';
import type { TemplateDocument, TemplateEdit } from '../../template/document.ts';
import { type FixedName, fixedNames, type OwnValues } from '../../template/names/fixed-names.ts';
import { isolated } from '../../template/names/isolate.ts';
import { overruled } from '../../template/names/retained.ts';
import { isObject, type Json, type TemplatePath } from '../../template/types.ts';
import { knownParameters } from '../../template/values/known-value.ts';
import { editTemplate } from '../../template/write/edit.ts';
import type { Run } from '../run.ts';
import { inOwnPlaces } from './own-places.ts';

/** Stacks as they are in an environment, and what is told of each. */
export interface PreparedAssembly {
  readonly assembly: Assembly;
  /** By the id of the stack. */
  readonly notes: ReadonlyMap<string, readonly string[]>;
}

/**
 * Makes stacks fit to be one copy of several that are deleted again: names that every copy would have are made unique or
 * refused, and what would keep the stack, or anything of it, from being deleted is overruled.
 *
 * @throws ProblemError with every name that would collide, each at its line
 */
export function prepare(assembly: Assembly, environment: NamedEnvironment, run: Run): PreparedAssembly {
  const problems: Problem[] = [];
  const exported = new Map<string, string>();
  const notes = new Map<string, string[]>();
  const copies = assembly.stacks.map((stack) => {
    const copied = copyOf(stack, environment, run.host.log);
    problems.push(...copied.problems);
    for (const name of copied.exports) exported.set(name, `${name}-${stack.stackName}`);
    notes.set(stack.id, notesOf(copied, stack, run));
    return copied.stack;
  });
  if (problems.length > 0) throw new ProblemError(problems);
  const stacks = copies.map((stack, index) =>
    inOwnPlaces(withImports(stack, exported), assembly.stacks[index] ?? stack),
  );
  return { assembly: { ...assembly, stacks }, notes };
}

interface Copied {
  readonly stack: StackAssembly;
  readonly problems: readonly Problem[];
  /** Names of exports, as they were, that are the stack's own now. */
  readonly exports: readonly string[];
  /** What would have been kept. */
  readonly overruled: readonly string[];
  /** Names that were made unique. */
  readonly isolated: readonly string[];
}

function copyOf(stack: StackAssembly, environment: NamedEnvironment, log: Log): Copied {
  const root = copyTemplate(stack.template, {
    environment,
    parameters: stack.parameters,
    stackName: stack.stackName,
    log,
  });
  const nested = stack.nested.map((each) => {
    // CloudFormation names it, and gives it parameters that only it knows.
    const about = { environment, parameters: {}, stackName: undefined, log };
    return { each, copied: copyTemplate(each.template, about) };
  });
  const all = [root, ...nested.map(({ copied }) => copied)];
  return {
    stack: {
      ...stack,
      terminationProtection: false,
      template: root.template,
      nested: nested.map(({ each, copied }): NestedTemplate => ({ ...each, template: copied.template })),
    },
    problems: all.flatMap(({ problems }) => problems),
    exports: all.flatMap(({ exports }) => exports),
    overruled: all.flatMap((each) => each.overruled),
    isolated: all.flatMap((each) => each.isolated),
  };
}

interface CopiedTemplate extends Omit<Copied, 'stack'> {
  readonly template: TemplateDocument;
}

function copyTemplate(
  document: TemplateDocument,
  {
    environment,
    parameters,
    stackName,
    log,
  }: {
    readonly environment: NamedEnvironment;
    readonly parameters: Readonly<Record<string, string>>;
    readonly stackName: string | undefined;
    readonly log: Log;
  },
): CopiedTemplate {
  const { template } = document;
  const known = knownParameters(template, parameters);
  const names = fixedNames({ template, known }, ownValues(environment));
  const problems: Problem[] = [];
  const edits: TemplateEdit[] = [];
  const changed: FixedName[] = [];
  for (const name of names) {
    const result = environment.isolate ? isolated(name, document, { stackName, all: names }) : undefined;
    if (result?.kind === 'edit') {
      edits.push(result.edit);
      changed.push(name);
    } else if (name.about.kind !== 'shared') problems.push(collision(name, document, result?.why));
    else if (!result) {
      const { place, ...told } = collision(name, document, undefined);
      log.warning(problemLine({ ...told, message: `two copies have the name ${written(name)}` }), place);
    }
  }
  const kept = overruled(template);
  return {
    template: editTemplate(document, [...edits, ...kept.edits]),
    problems,
    exports: changed.flatMap(({ type, value }) =>
      type === 'Export' && typeof value === 'string' ? [value] : [],
    ),
    overruled: kept.what,
    isolated: changed.map((name) => `${name.id} (${written(name)})`),
  };
}

const written = ({ value }: FixedName): string => (typeof value === 'string' ? value : JSON.stringify(value));

function collision(name: FixedName, document: TemplateDocument, why: string | undefined): Problem {
  const { id, type, about, path } = name;
  const what = type === 'Export' ? 'the name of the export' : (about.property.at(-1) ?? 'the name');
  return {
    subject: id,
    message: `${what} is ${written(name)} in every copy of the stack, so that of this pull request would collide with the others${why === undefined ? '' : `; it is not made unique: ${why}`}`,
    place: document.locate(path),
    next:
      about.kind === 'address'
        ? 'Leave it out of environments of pull requests by a condition, or take it from a parameter.'
        : why === undefined
          ? 'Leave the name to CloudFormation, write ${AWS::StackName} into it, or set isolate: true.'
          : 'Leave the name to CloudFormation, or write ${AWS::StackName} into it, and Ref where it is used.',
  };
}

/** What names an environment tells it apart, whoever wrote it into a parameter. */
function ownValues({ name, pullRequest }: NamedEnvironment): OwnValues {
  const number = new RegExp(`(^|\\D)${pullRequest}(\\D|$)`);
  return {
    isOwnText: (text) => text.includes(name),
    isOwnValue: (value) => value.includes(name) || number.test(value),
  };
}

/** Stacks of one application import from one another what was renamed with them. */
function withImports(stack: StackAssembly, exported: ReadonlyMap<string, string>): StackAssembly {
  if (exported.size === 0) return stack;
  const rename = (document: TemplateDocument): TemplateDocument =>
    editTemplate(document, importsIn(document.template, [], exported));
  return {
    ...stack,
    template: rename(stack.template),
    nested: stack.nested.map((each) => ({ ...each, template: rename(each.template) })),
  };
}

function importsIn(value: Json, path: TemplatePath, exported: ReadonlyMap<string, string>): TemplateEdit[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => importsIn(item, [...path, index], exported));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]): TemplateEdit[] => {
    const renamed = key === 'Fn::ImportValue' && typeof item === 'string' ? exported.get(item) : undefined;
    return renamed === undefined
      ? importsIn(item, [...path, key], exported)
      : [{ path: [...path, key], value: renamed }];
  });
}

function notesOf(
  { overruled: kept, isolated: unique }: Copied,
  stack: StackAssembly,
  { inputs }: Run,
): string[] {
  const isProtected = inputs.terminationProtection ?? stack.terminationProtection ?? false;
  return [
    ...(isProtected ? ['Termination protection is off: the stack goes with its pull request.'] : []),
    ...(kept.length > 0
      ? [`Deleted with the stack, though the template would keep it: ${kept.join(', ')}.`]
      : []),
    ...(unique.length > 0 ? [`Names that were made unique: ${unique.join(', ')}.`] : []),
  ];
}
