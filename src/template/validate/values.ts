import type { Problem } from '../../problem.ts';
import { closest } from '../../text/closest.ts';
import { isShortForm, SHORT_FORM_TAGS } from '../read/short-forms.ts';
import { isObject, type Json, type JsonObject, own, scalarText, type TemplatePath } from '../types.ts';
import { isLoop } from '../values/loops.ts';
import type { Judged } from './judged.ts';
import { isList } from './parameter-constraints.ts';
import { shapesOf } from './shapes.ts';
import { unstableProblem } from './unstable.ts';

/** Where functions may stand in a resource. Source: CloudFormation template reference, "Intrinsic functions". */
const CALLING = ['Properties', 'CreationPolicy', 'UpdatePolicy'] as const;
/**
 * Functions whose arguments have to be known before any resource is made.
 * Source: CloudFormation template reference, "Fn::ImportValue", and "Fn::FindInMap", "Supported functions".
 */
const EARLY = new Set(['Fn::ImportValue', 'Fn::FindInMap']);
/** Keys of resources in which anything may stand. */
const FREE = new Set(['Metadata']);

/**
 * Values that CloudFormation takes nowhere: functions that are called with other arguments than they take, and null. SAM's
 * own resources are left to SAM.
 */
export function valueProblems(subject: Judged): Problem[] {
  const finder = new Finder(subject, 'refused');
  const { template } = subject;
  for (const section of ['Parameters', 'Mappings', 'Conditions', 'Rules', 'Outputs'] as const)
    finder.within([section], template[section]);
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (!isObject(resource) || scalarText(resource.Type).startsWith('AWS::Serverless::')) continue;
    for (const key of CALLING) finder.within(['Resources', id, key], resource[key]);
    for (const key of Object.keys(resource))
      if (!FREE.has(key) && resource[key] === null) finder.isNull(['Resources', id, key]);
  }
  return finder.problems;
}

/** The same of what SAM has made, where null is left to it. */
export function madeValueProblems(subject: Judged): Problem[] {
  const finder = new Finder(subject, 'taken');
  for (const [id, resource] of Object.entries(subject.template.Resources))
    if (isObject(resource)) finder.within(['Resources', id, 'Properties'], resource.Properties);
  return finder.problems;
}

/** One walk for all of it: there are many more values than anything else. */
class Finder {
  readonly problems: Problem[] = [];
  readonly #subject: Judged;
  readonly #shapes: ReturnType<typeof shapesOf>;
  readonly #nulls: 'refused' | 'taken';
  /** One path that grows and shrinks. */
  readonly #at: (string | number)[] = [];

  constructor(subject: Judged, nulls: 'refused' | 'taken') {
    this.#subject = subject;
    this.#nulls = nulls;
    this.#shapes = shapesOf(subject.isExtended);
  }

  within(path: TemplatePath, value: Json | undefined): void {
    if (typeof value !== 'object' || value === null) return;
    this.#at.push(...path);
    this.#walk(value);
    this.#at.length = 0;
  }

  /**
   * Source: recorded by LocalStack's tests: "[/Outputs/MyOutput/Value] 'null' values are not allowed in templates". The
   * language extensions leave such keys out: https://github.com/aws-cloudformation/cfn-language-discussion/issues/100.
   */
  isNull(path: TemplatePath): void {
    const { isExtended, locate } = this.#subject;
    if (isExtended || this.#nulls === 'taken') return;
    this.problems.push({
      subject: String(path[1] ?? path[0]),
      message: `${path.slice(2).join('.')} is empty; CloudFormation takes no null`,
      place: locate(path),
      next: 'Give it a value, or remove it.',
    });
  }

  #walk(value: Json[] | JsonObject): void {
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        const item = value[index];
        if (typeof item === 'object') this.#below(index, item);
      }
      return;
    }
    const keys = Object.keys(value);
    const only = keys.length === 1 ? keys[0] : undefined;
    if (only !== undefined) this.#judge(only, value[only] ?? null);
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] ?? '';
      const item = value[key];
      // Most values are scalars: not even a call is spent on them.
      if (typeof item === 'object') this.#below(key, item);
    }
  }

  #below(step: string | number, value: Json[] | JsonObject | null): void {
    if (value === null) {
      this.isNull([...this.#at, step]);
      return;
    }
    this.#at.push(step);
    this.#walk(value);
    this.#at.pop();
  }

  /** A name is no list, but for that of a parameter which is one. */
  #listProblem(name: string, argument: Json): string | undefined {
    const says = own(LISTS, name);
    const items = says !== undefined && Array.isArray(argument) ? argument[1] : undefined;
    const named = isObject(items) ? items.Ref : undefined;
    const { isExtended, template } = this.#subject;
    if (isExtended || says === undefined || typeof named !== 'string') return undefined;
    const { Parameters, Resources } = template;
    const parameter = isObject(Parameters) ? own(Parameters, named) : undefined;
    const isOne = isObject(parameter) ? isList(parameter) : !Object.hasOwn(Resources, named);
    return isOne ? undefined : `a list of two: ${says}, and ${named} is none`;
  }

  /** CloudFormation answers "Encountered unsupported function: Fn::Joyn". */
  #isUnknown(name: string): void {
    const meant = closest(name, FUNCTIONS);
    this.problems.push({
      subject: String(this.#at[1]),
      message: `unknown function ${name}`,
      place: this.#subject.locate([...this.#at, name]),
      ...(meant !== undefined && { next: `Write ${meant} if that is meant.` }),
    });
  }

  #judge(name: string, argument: Json): void {
    if (name.startsWith('Fn::') && !isKnownFunction(name)) this.#isUnknown(name);
    // Null is told as such.
    const takes =
      argument === null
        ? undefined
        : (this.#shapes.get(name)?.(argument) ?? this.#listProblem(name, argument));
    const path = () => [...this.#at, name];
    if (takes !== undefined)
      this.problems.push({
        subject: String(this.#at[1]),
        message: `${name} takes ${takes}`,
        place: this.#subject.locate(path()),
        next: `Mend its argument, ${shown(argument)}.`,
      });
    else if (EARLY.has(name)) {
      const problem = unstableProblem(this.#subject, { what: name, argument, path: path() });
      if (problem) this.problems.push(problem);
    }
  }
}

const FUNCTIONS = SHORT_FORM_TAGS.map((tag) => `Fn::${tag.slice(1)}`);

const isKnownFunction = (name: string): boolean => isShortForm(`!${name.slice(4)}`) || isLoop(name);

/** Where lists are, and what they are for. */
const LISTS: Readonly<Record<string, string>> = {
  'Fn::Join': 'a delimiter and a list of texts',
  'Fn::Select': 'an index from 0 and a list',
};

function shown(argument: Json): string {
  const text = JSON.stringify(argument);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
