import { closest } from '../closest.ts';
import type { Problem } from '../problem.ts';
import type { TemplateDocument } from './document.ts';
import type { Reference } from './references.ts';
import { templateReferences } from './resource-references.ts';
import { type Expansion, LANGUAGE_EXTENSIONS, SAM, transformsOf } from './transforms.ts';
import { isObject, type Json, type Template } from './types.ts';

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

/** References to what the template does not declare. */
export function* danglingProblems(
  { template, locate }: TemplateDocument,
  expansion: Expansion,
): Generator<Problem> {
  const declared = declaredNames(template);
  const isSam = transformsOf(template).every((each) => each === SAM || each === LANGUAGE_EXTENSIONS);
  for (const { kind, name, path } of templateReferences(template)) {
    const names = declared[kind];
    if (!isJudged(kind, expansion, isSam, names) || names.has(name) || isComputed(name)) continue;
    if (expansion === 'resources' && isGenerated(name, declared.GetAtt)) continue;
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
 * Transforms of CloudFormation itself add resources, which only those of SAM have names that are known, and whatever the
 * template loops over.
 */
function isJudged(kind: Kind, expansion: Expansion, isSam: boolean, names: ReadonlySet<string>): boolean {
  if (expansion !== 'resources') return expansion === 'nothing';
  return (isSam || kind === 'Condition') && ![...names].some((name) => name.startsWith('Fn::'));
}

/**
 * Whether SAM may make a resource of this name: those that belong to a resource start with its logical ID.
 * Source: AWS SAM developer guide, "Generated CloudFormation resources".
 */
const isGenerated = (name: string, resources: ReadonlySet<string>): boolean =>
  /^(Serverless|CodeDeployServiceRole|ApiGatewayDomainName|RecordSetGroup|UsagePlan)/.test(name) ||
  [...resources].some((id) => name.startsWith(id));

/** The pseudo parameter that is written this way, but for upper and lower case. */
const pseudoParameter = (name: string): string | undefined =>
  PSEUDO_PARAMETERS.find((known) => known.toLowerCase() === name.toLowerCase());

/** A name that a loop completes: `${Name}`, `&{Name}`. */
const isComputed = (name: string): boolean => /[$&]\{/.test(name);

/** What each kind of reference may name. */
function declaredNames(template: Template): Record<Kind, ReadonlySet<string>> {
  const keys = (section: Json | undefined) => new Set(isObject(section) ? Object.keys(section) : []);
  const resources = keys(template.Resources);
  return {
    Ref: new Set([...resources, ...keys(template.Parameters)]),
    GetAtt: resources,
    DependsOn: resources,
    Condition: keys(template.Conditions),
    FindInMap: keys(template.Mappings),
  };
}
