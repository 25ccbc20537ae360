import { closest } from '../closest.ts';
import type { Problem } from '../problem.ts';
import type { TemplateDocument } from './document.ts';
import type { Reference } from './references.ts';
import { templateReferences } from './resource-references.ts';
import type { Expansion } from './transforms.ts';
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
  for (const { kind, name, path } of templateReferences(template)) {
    const names = declared[kind];
    if (!isJudged(kind, expansion, names) || names.has(name) || isComputed(name)) continue;
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

/** Transforms of CloudFormation itself add resources; they add conditions only where the template loops over some. */
function isJudged(kind: Kind, expansion: Expansion, names: ReadonlySet<string>): boolean {
  if (expansion !== 'resources') return expansion === 'nothing';
  return kind === 'Condition' && ![...names].some((name) => name.startsWith('Fn::'));
}

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
