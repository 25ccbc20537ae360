import type { Problem } from '../../problem.ts';
import { isObject, type Json, type JsonObject, scalarText, type TemplatePath } from '../types.ts';
import type { Judged } from './judged.ts';
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
  const finder = new Finder(subject);
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

/** One walk for all of it: there are many more values than anything else. */
class Finder {
  readonly problems: Problem[] = [];
  readonly #subject: Judged;
  readonly #shapes: ReturnType<typeof shapesOf>;
  /** One path that grows and shrinks. */
  readonly #at: (string | number)[] = [];

  constructor(subject: Judged) {
    this.#subject = subject;
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
    if (isExtended) return;
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

  #judge(name: string, argument: Json): void {
    // Null is told as such.
    const takes = argument === null ? undefined : this.#shapes.get(name)?.(argument);
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

function shown(argument: Json): string {
  const text = JSON.stringify(argument);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
