import type { Aws } from '../../../aws/connection/clients.ts';
import { processedTemplate } from '../../../aws/stack/stack.ts';
import { type Problem, ProblemError, problemLine } from '../../../problem.ts';
import type { Expanded } from '../../../sam/expanded.ts';
import type { SamProblem } from '../../../sam/types.ts';
import { withoutBookkeeping } from '../../../template/diff/bookkeeping.ts';
import type { TemplateDocument } from '../../../template/document.ts';
import { declaredParameters } from '../../../template/parameters.ts';
import { needsExpansion } from '../../../template/transforms.ts';
import { isObject, type JsonObject, own, type Template } from '../../../template/types.ts';
import { equivalent } from '../../../template/values/equivalence.ts';
import type { KnownTemplate } from '../../../template/values/known-value.ts';
import type { DeployedStack } from '../look-up-stack.ts';

/** What CloudFormation makes of a template, or why nobody but CloudFormation knows. */
export type LevelMade =
  | (Extract<Expanded, { kind: 'made' }> & {
      /** Where CloudFormation made something else of the deployed template than would be expected. */
      readonly otherwise?: Otherwise;
    })
  | Extract<Expanded, { kind: 'unknown' }>;

/** What would be expected of a deployed template, and what CloudFormation made otherwise. */
export interface Otherwise {
  readonly expected: Template;
  readonly logicalIds: readonly string[];
}

/** CloudFormation would refuse a template: nothing of it can be deployed. */
export class RefusedTemplate extends ProblemError {}

/** The author's template, for the places of what is wrong, and where the stack will be. */
export interface WrittenIn {
  readonly document: TemplateDocument;
  readonly region: string | undefined;
}

/**
 * What CloudFormation would make of a template.
 *
 * @throws RefusedTemplate when it would refuse it
 */
export async function madeHere(known: KnownTemplate, { document, region }: WrittenIn): Promise<LevelMade> {
  const asWritten = plain(known.template);
  if (asWritten) return asWritten;
  const { expand } = await import('../../../sam/expanded.ts');
  const made = expand(known, { region });
  if (made.kind === 'made') {
    const { madeProblems } = await import('../../../template/validate/made.ts');
    const problems = madeProblems(made, document, known.known);
    if (problems.length > 0) throw new RefusedTemplate(problems);
  }
  if (made.kind !== 'refused') return made;
  const certain = certainProblems(made.problems, known, (values) => expand(values, { region }));
  if (certain.length > 0) throw new RefusedTemplate(certain.map((each) => problemOf(each, document)));
  const why = made.problems.map(({ message }) => message).join('; ');
  return { kind: 'unknown', why: `values are missing that decide what SAM makes of it (${why})` };
}

/** Most templates need no transform, and are not copied. */
const plain = (template: Template): LevelMade | undefined =>
  needsExpansion(template) ? undefined : { kind: 'made', template, madeBy: {} };

/** Of the problems those that do not come from a value which is not known here: they stay whatever it is. */
function certainProblems(
  problems: readonly SamProblem[],
  { template, known }: KnownTemplate,
  make: (known: KnownTemplate) => Expanded,
): readonly SamProblem[] {
  // The default of one that is read from SSM is a name there, and a stack may have other values than its defaults.
  const missing = Object.keys(declaredParameters(template)).filter((name) => !Object.hasOwn(known, name));
  if (missing.length === 0) return problems;
  const filled = Object.fromEntries(missing.map((name) => [name, 'value']));
  const again = make({ template, known: { ...known, ...filled } });
  const stay = new Set(again.kind === 'refused' ? again.problems.map(keyOf) : []);
  return problems.filter((each) => stay.has(keyOf(each)));
}

const keyOf = ({ path, message }: SamProblem): string => JSON.stringify([path, message]);

function problemOf({ logicalId, path, message, next }: SamProblem, { locate }: TemplateDocument): Problem {
  return {
    message,
    place: locate(path),
    ...(logicalId !== undefined && { subject: logicalId }),
    ...(next !== undefined && { next }),
  };
}

/**
 * What CloudFormation has made of a deployed template: it tells that itself. Who may not be told, and old stacks, are left
 * with what would be expected.
 */
export async function madeThere(known: KnownTemplate, aws: Aws, deployed: DeployedStack): Promise<LevelMade> {
  const asWritten = plain(known.template);
  if (asWritten) return asWritten;
  const [{ expand }, processed] = await Promise.all([
    import('../../../sam/expanded.ts'),
    processedBy(aws, deployed).catch((error: unknown) => {
      if (!(error instanceof ProblemError)) throw error;
      return error.problems.map(problemLine).join('; ');
    }),
  ]);
  const expected = expand(known, { region: aws.region });
  if (typeof processed === 'string') {
    if (expected.kind === 'made') return expected;
    return { kind: 'unknown', why: `what CloudFormation made of it cannot be read: ${processed}` };
  }
  if (expected.kind !== 'made')
    return {
      kind: 'made',
      template: processed,
      madeBy: makersIn(processed, known.template, {}),
      ...(expected.kind === 'refused' && {
        otherwise: {
          expected: processed,
          logicalIds: expected.problems.flatMap((each) => each.logicalId ?? []),
        },
      }),
    };
  const logicalIds = differing(expected.template, processed);
  return {
    kind: 'made',
    template: processed,
    madeBy: makersIn(processed, known.template, expected.madeBy),
    ...(logicalIds.length > 0 && { otherwise: { expected: expected.template, logicalIds } }),
  };
}

async function processedBy(aws: Aws, { stack, processed }: DeployedStack): Promise<Template> {
  const { id, name } = stack;
  const text = await (processed ?? processedTemplate(aws, id));
  const { parseDeployed } = await import('../../../template/read/parse.ts');
  return withoutBookkeeping(parseDeployed(text, `processed template of the stack ${name}`));
}

/** Logical IDs of resources that are not the same in both. */
function differing({ Resources: one }: Template, { Resources: other }: Template): readonly string[] {
  const ids = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...ids].filter((id) => !equivalent(own(one, id), own(other, id))).sort();
}

/** Whose resources are not known to be of somebody are told by their names: these begin with that of their maker. */
function makersIn(
  { Resources }: Template,
  { Resources: written }: Template,
  known: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const makers = Object.keys(written)
    .filter((id) => isSam(written[id]))
    .sort((a, b) => b.length - a.length);
  const found = Object.keys(Resources).flatMap((id): [string, string][] => {
    if (Object.hasOwn(written, id) && !isSam(written[id])) return [];
    const maker = own(known, id) ?? makers.find((each) => id.startsWith(each));
    return maker === undefined ? [] : [[id, maker]];
  });
  return Object.fromEntries(found);
}

const isSam = (resource: JsonObject[string] | undefined): boolean =>
  isObject(resource) && typeof resource.Type === 'string' && resource.Type.startsWith('AWS::Serverless::');
