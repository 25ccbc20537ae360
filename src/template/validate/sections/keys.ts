import type { Problem } from '../../../problem.ts';
import { closest } from '../../../text/closest.ts';
import type { TemplateDocument } from '../../document.ts';
import { declaredResources } from '../../resources.ts';
import { SAM, transformsOf } from '../../transforms.ts';
import { isObject, type Json, type JsonObject, scalarText, type TemplatePath } from '../../types.ts';
import type { Judged } from '../judged.ts';

/**
 * Keys beside `Properties`. CloudFormation answers "Invalid template resource property 'QueueName'".
 * Sources: CloudFormation template reference, "Resource attribute reference"; that answer,
 * https://github.com/aws/aws-cli/issues/3361; `Description`: CloudFormation API reference, `StackResource`; `Version` of
 * custom resources: cfn-lint's schema of resources (E3001).
 */
const RESOURCE = [
  'Condition',
  'CreationPolicy',
  'DeletionPolicy',
  'DependsOn',
  'Description',
  'Metadata',
  'Properties',
  'Type',
  'UpdatePolicy',
  'UpdateReplacePolicy',
];
const CUSTOM_RESOURCE = [...RESOURCE, 'Version'];
/** SAM's connectors may be embedded in any resource that it knows how to connect. */
const SAM_RESOURCE = [...RESOURCE, 'Connectors'];

/**
 * CloudFormation answers "Invalid template parameter property 'DefaultValue'".
 * Sources: CloudFormation template reference, "Parameters"; that answer, https://github.com/zalando-stups/senza/pull/94.
 */
const PARAMETER = [
  'AllowedPattern',
  'AllowedValues',
  'ConstraintDescription',
  'Default',
  'Description',
  'MaxLength',
  'MaxValue',
  'MinLength',
  'MinValue',
  'NoEcho',
  'Type',
];

/** Sources: CloudFormation template reference, "Outputs"; cfn-lint's schema of outputs (E6001). */
const OUTPUT = ['Condition', 'Description', 'Export', 'Value'];
const EXPORT = ['Name'];

/** Keys that CloudFormation does not know where they stand. */
export function* keyProblems(subject: Judged): Generator<Problem> {
  yield* resourceKeys(subject);
  const { Parameters, Outputs } = subject.template;
  for (const [name, parameter] of entriesOf(Parameters))
    yield* unknownKeys(subject, { path: ['Parameters', name], map: parameter, known: PARAMETER });
  for (const [name, output] of entriesOf(Outputs)) {
    const path = ['Outputs', name];
    yield* unknownKeys(subject, { path, map: output, known: OUTPUT });
    if (isObject(output.Export))
      yield* unknownKeys(subject, { path: [...path, 'Export'], map: output.Export, known: EXPORT });
  }
}

function* resourceKeys(subject: Judged): Generator<Problem> {
  const isSam = subject.expansion === 'resources';
  for (const { id, path, resource } of declaredResources(subject.template)) {
    const type = scalarText(resource.Type);
    // SAM's own resources are left to SAM.
    if (id.startsWith('Fn::') || type.startsWith('AWS::Serverless::')) continue;
    const isCustom = type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
    const known = isCustom ? CUSTOM_RESOURCE : isSam ? SAM_RESOURCE : RESOURCE;
    yield* unknownKeys(subject, { path, map: resource, known });
  }
}

/**
 * What SAM reads beside `Properties` of its own resources.
 * Source: `Resource.from_dict` of its translator, which skips all other keys; SAM specification, "Connectors",
 * "IgnoreGlobals".
 */
const OF_SAM = new Set([
  'Condition',
  'Connectors',
  'DeletionPolicy',
  'DependsOn',
  'IgnoreGlobals',
  'Metadata',
  'Properties',
  'Type',
  'UpdatePolicy',
  'UpdateReplacePolicy',
]);

/** Keys that say nothing where they stand, as SAM skips them: its resource becomes what it is without them. */
export function skippedKeys({ template, locate }: TemplateDocument): Problem[] {
  if (!transformsOf(template).includes(SAM)) return [];
  return [...declaredResources(template)].flatMap(({ id, path, resource }) =>
    scalarText(resource.Type).startsWith('AWS::Serverless::')
      ? Object.keys(resource)
          .filter((key) => !OF_SAM.has(key) && !key.startsWith('Fn::'))
          .map((key) => ({
            subject: id,
            message: `SAM skips ${key} here, one level above its properties`,
            place: locate([...path, key]),
            next: 'Move it below Properties, or remove it.',
          }))
      : [],
  );
}

const entriesOf = (section: Json | undefined): [string, JsonObject][] =>
  Object.entries(isObject(section) ? section : {}).filter(
    (entry): entry is [string, JsonObject] => isObject(entry[1]) && !entry[0].startsWith('Fn::'),
  );

interface Place {
  readonly path: TemplatePath;
  readonly map: JsonObject;
  readonly known: readonly string[];
}

function* unknownKeys({ locate }: Judged, { path, map, known }: Place): Generator<Problem> {
  for (const key of Object.keys(map)) {
    if (known.includes(key) || key.startsWith('Fn::')) continue;
    const meant = closest(key, known);
    const isProperty = known.includes('Properties') && meant === undefined;
    yield {
      subject: String(path[1]),
      message: `unknown key ${key}`,
      place: locate([...path, key]),
      next: meant
        ? `Write ${meant} if that is meant.`
        : isProperty
          ? 'Move it below Properties, or remove it.'
          : `Keys are ${known.join(', ')}.`,
    };
  }
}
