import {
  functionsIn,
  LANGUAGE_EXTENSIONS,
  needsExpansion,
  SAM,
  transformsOf,
} from '../template/transforms.ts';
import { isObject, type JsonObject, scalarText, type Template } from '../template/types.ts';
import type { KnownTemplate } from '../template/values/known-value.ts';
import { transform } from './index.ts';
import { expandLanguage } from './language.ts';
import type { SamProblem, TransformContext } from './types.ts';

/** What CloudFormation makes of a template, as far as that can be known without it. */
export type Expanded =
  | {
      readonly kind: 'made';
      readonly template: Template;
      /** The resource of the author's template, by the logical IDs of those that it is made into. */
      readonly madeBy: Readonly<Record<string, string>>;
    }
  /** CloudFormation would refuse it. */
  | { readonly kind: 'refused'; readonly problems: readonly SamProblem[] }
  /** A macro is a function in somebody's account. */
  | { readonly kind: 'unknown'; readonly why: string };

/** How a template is expanded. */
export interface HowToExpand {
  /** Of the stack, where its values do not tell. */
  readonly region?: string | undefined;
  /**
   * Extensions of the language are written out in templates without SAM as well; values of parameters stand in these then.
   */
  readonly always?: boolean;
}

/** Where nothing says in which region a stack will be. */
const ANY_REGION = 'us-east-1';

/** What CloudFormation makes of a template with the values of its parameters. One without transforms is returned as it is. */
export function expand(
  { template, known }: KnownTemplate,
  { region = ANY_REGION, always = false }: HowToExpand = {},
): Expanded {
  if (!needsExpansion(template)) return { kind: 'made', template, madeBy: {} };
  const macro = macroOf(template);
  if (macro !== undefined)
    return { kind: 'unknown', why: `the template uses ${macro}, which only CloudFormation can expand` };
  const isSam = transformsOf(template).includes(SAM);
  if (!isSam && !always) return { kind: 'made', template, madeBy: {} };
  const context = contextOf({ template, known }, region);
  if (!isSam) {
    const { template: plain, problems } = expandLanguage(template, context);
    if (problems.length > 0) return { kind: 'refused', problems };
    const { Transform: _, ...rest } = plain;
    return { kind: 'made', template: rest as Template, madeBy: {} };
  }
  const { template: made, origins, problems } = transform(template, context);
  if (problems.length > 0) return { kind: 'refused', problems };
  const left = unknownType(made);
  if (left !== undefined) return { kind: 'unknown', why: `the type ${left} is not known here` };
  const madeBy = [...origins].flatMap(([id, makers]): [string, string][] => {
    const maker = makers.length > 1 ? sharedMaker(id, makers) : makers[0];
    return maker === undefined ? [] : [[id, maker]];
  });
  return { kind: 'made', template: made as Template, madeBy: Object.fromEntries(madeBy) };
}

/** Of what is made of several resources: the API that is made for their events, else the first of them. */
const sharedMaker = (id: string, makers: readonly string[]): string | undefined =>
  makers.includes(id) ? id : (/^Serverless(Rest|Http)Api/.exec(id)?.[0] ?? makers[0]);

/** What the transforms are told: values of parameters, none of them a pseudo parameter but the place. */
function contextOf({ template, known }: KnownTemplate, region: string): TransformContext {
  const declared = isObject(template.Parameters) ? template.Parameters : {};
  const { 'AWS::Region': where = region, 'AWS::Partition': partition } = known;
  return {
    region: where,
    ...(partition !== undefined && { partition }),
    parameters: Object.fromEntries(Object.entries(known).filter(([name]) => Object.hasOwn(declared, name))),
  };
}

/** A type that SAM has, and that stays as it is: it is newer than the transform here. */
function unknownType({ Resources }: JsonObject): string | undefined {
  for (const resource of Object.values(isObject(Resources) ? Resources : {})) {
    const type = isObject(resource) ? scalarText(resource.Type) : '';
    if (type.startsWith('AWS::Serverless::')) return type;
  }
  return undefined;
}

/** What of a template's transforms is no transform of CloudFormation that is known here. */
function macroOf(template: Template): string | undefined {
  const other = transformsOf(template).find((each) => each !== SAM && each !== LANGUAGE_EXTENSIONS);
  if (other === undefined) return hasSnippet(template) ? 'Fn::Transform' : undefined;
  const name = isObject(other) ? other.Name : other;
  return typeof name === 'string' ? `the transform ${name}` : 'a transform of its own';
}

const hasSnippet = (template: Template): boolean => functionsIn(template).has('Fn::Transform');
