import type { Problem } from '../../problem.ts';
import { closest } from '../../text/closest.ts';
import type { Reference } from '../references.ts';
import { type Expansion, LANGUAGE_EXTENSIONS, SAM, transformsOf } from '../transforms.ts';
import { isObject, type Json, scalarText, type Template } from '../types.ts';
import type { Judged } from './judged.ts';

/** Source: CloudFormation template reference, "Pseudo parameters". */
const PSEUDO_PARAMETERS = [
  'AWS::AccountId',
  'AWS::NotificationARNs',
  'AWS::NoValue',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
];

type Kind = Reference['kind'];

/** What each kind of reference may name, and the parameters alone. */
type Declared = Readonly<Record<Kind | 'parameters', ReadonlySet<string>>>;

/** References to what the template does not declare, or does not know where they stand. */
export function* danglingProblems(
  { template, locate, functions, expansion }: Judged,
  references: readonly Reference[],
): Generator<Problem> {
  if (expansion === 'anything') return;
  const declared = declaredNames(template);
  const isSam =
    transformsOf(template).every((each) => each === SAM || each === LANGUAGE_EXTENSIONS) &&
    // A loop has variables of its own.
    !functions.has('Fn::ForEach');
  const generated = generatedNames(template, expansion);
  const isJudged = judgedKinds(declared, expansion, isSam);
  for (const reference of references) {
    const { kind, name, path } = reference;
    const early = EARLY[String(path[0])];
    if (early !== undefined && isOfResource(reference, declared)) {
      yield {
        subject: String(path[1]),
        message: `${early} cannot refer to resources, and ${JSON.stringify(name)} is one`,
        place: locate(path),
        next: 'Refer to a parameter.',
      };
      continue;
    }
    const names = declared[kind];
    if (!isJudged[kind] || names.has(name) || isComputed(name)) continue;
    if (kind === 'Condition' ? isGeneratedCondition(name, names) : kind !== 'FindInMap' && generated(name))
      continue;
    const pseudo = pseudoParameter(name);
    // One that is not known here may be new.
    if (kind === 'Ref' && name.startsWith('AWS::') && (pseudo === undefined || pseudo === name)) continue;
    const meant = pseudo ?? closest(name, names);
    yield {
      subject: String(path[1] ?? path[0]),
      message: `${kind} names ${JSON.stringify(name)}, which the template does not declare`,
      place: locate(path),
      ...(meant && { next: `Write ${meant} if that is meant.` }),
    };
  }
}

/**
 * Sections that are decided before there are resources. CloudFormation answers "Unresolved dependencies [Queue]. Cannot
 * reference resources in the Conditions block of the template", https://github.com/aws-cloudformation/cfn-lint/issues/99.
 */
const EARLY: Readonly<Record<string, string>> = { Conditions: 'conditions', Rules: 'rules' };

const isOfResource = ({ kind, name }: Reference, declared: Declared): boolean =>
  (kind === 'Ref' || kind === 'GetAtt') && declared.GetAtt.has(name) && !declared.parameters.has(name);

/**
 * Transforms of CloudFormation itself add resources, which only those of SAM have names that are known, and whatever the
 * template loops over.
 */
function judgedKinds(
  declared: Declared,
  expansion: Expansion,
  isSam: boolean,
): Readonly<Record<Kind, boolean>> {
  const isJudged = (kind: Kind): boolean => {
    if (expansion !== 'resources') return true;
    return (isSam || kind === 'Condition') && ![...declared[kind]].some((name) => name.startsWith('Fn::'));
  };
  return {
    Ref: isJudged('Ref'),
    GetAtt: isJudged('GetAtt'),
    DependsOn: isJudged('DependsOn'),
    Condition: isJudged('Condition'),
    FindInMap: isJudged('FindInMap'),
  };
}

/**
 * Whether there may be a resource of a name that the template does not declare: what modules and SAM make of a resource
 * starts with its logical ID; SAM has some names of its own, and some that the author gives it.
 * Sources: AWS SAM developer guide, "Generated CloudFormation resources"; CloudFormation user guide, "Modules".
 */
function generatedNames(template: Template, expansion: Expansion): (name: string) => boolean {
  const isSam = expansion === 'resources';
  const makers = Object.entries(template.Resources).flatMap(([id, resource]) =>
    isSam || (isObject(resource) && scalarText(resource.Type).endsWith('::MODULE')) ? [id] : [],
  );
  const given = new Set(isSam ? givenNames(template.Resources) : []);
  return (name) =>
    makers.some((id) => name.startsWith(id)) ||
    given.has(name) ||
    (isSam && /^(Serverless|CodeDeployServiceRole|ApiGatewayDomainName|RecordSetGroup|UsagePlan)/.test(name));
}

/** Conditions that SAM makes of others. Source: the translator of AWS SAM. */
const isGeneratedCondition = (name: string, names: ReadonlySet<string>): boolean =>
  name === 'SharedUsagePlanCondition' || (name.startsWith('NOT') && names.has(name.slice(3)));

/** `QueueLogicalId` of a dead-letter queue, `QueuePolicyLogicalId` of a subscription. */
function* givenNames(value: Json): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* givenNames(item);
  if (!isObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (key.endsWith('LogicalId') && typeof item === 'string') yield item;
    else yield* givenNames(item);
  }
}

/** The pseudo parameter that is written this way, but for upper and lower case. */
const pseudoParameter = (name: string): string | undefined =>
  PSEUDO_PARAMETERS.find((known) => known.toLowerCase() === name.toLowerCase());

/** A name that a loop completes: `${Name}`, `&{Name}`. */
const isComputed = (name: string): boolean => /[$&]\{/.test(name);

function declaredNames(template: Template): Declared {
  const keys = (section: Json | undefined) => new Set(isObject(section) ? Object.keys(section) : []);
  const resources = keys(template.Resources);
  const parameters = keys(template.Parameters);
  return {
    parameters,
    Ref: new Set([...resources, ...parameters]),
    GetAtt: resources,
    DependsOn: resources,
    Condition: keys(template.Conditions),
    FindInMap: keys(template.Mappings),
  };
}
