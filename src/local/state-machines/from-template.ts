import type { Asset } from '../../assembly/types.ts';
import { isObject, type Json, type JsonObject, type Template } from '../../template/types.ts';
import { mapOf, type Resolve, type ResolveOptions, resolverOf, text } from '../functions/resolve.ts';
import { definitionProblems } from './check/index.ts';
import { definitionIn } from './definition-file.ts';
import type { LocalStateMachine } from './machine-types.ts';

export interface MachinesOptions extends ResolveOptions {
  /** Directory of the template file. */
  readonly directory: string;
  /** By logical ID. */
  readonly arns: Readonly<Record<string, string>>;
  readonly assets: readonly Asset[];
  /** Hears why a machine can't run here. */
  readonly warn: (message: string) => void;
}

/**
 * The state machines of a template (AWS::StepFunctions::StateMachine, and AWS::Serverless::StateMachine as it was written), each
 * with its definition: all references resolved, all substitutions made.
 */
export async function machinesOf(template: Template, options: MachinesOptions): Promise<LocalStateMachine[]> {
  const resolve = resolverOf(template, options);
  const found: LocalStateMachine[] = [];
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const { Type, Properties } = mapOf(resource);
    const isSam = Type === 'AWS::Serverless::StateMachine';
    if (!isSam && Type !== 'AWS::StepFunctions::StateMachine') continue;
    const properties = mapOf(Properties);
    const name = text(resolve(properties[isSam ? 'Name' : 'StateMachineName'] ?? logicalId));
    const kind = text(resolve(properties[isSam ? 'Type' : 'StateMachineType'] ?? 'STANDARD'));
    const made = await definitionOf(logicalId, properties, {
      ...options,
      resolve,
      isExpress: kind === 'EXPRESS',
    });
    if (typeof made === 'string') {
      options.warn(`${logicalId} can't be run here: ${made}`);
      continue;
    }
    const arn = options.arns[logicalId] ?? name;
    found.push({
      logicalId,
      name: arn.split(':').at(-1) ?? name,
      arn,
      type: kind === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
      definition: made,
      roleArn: text(resolve(properties[isSam ? 'Role' : 'RoleArn'] ?? '')),
      qualifiers: qualifiersOf(template, arn, resolve),
    });
  }
  return found;
}

/** The definition of a machine, or why there is none. */
async function definitionOf(
  logicalId: string,
  properties: JsonObject,
  options: MachinesOptions & { readonly resolve: Resolve; readonly isExpress: boolean },
): Promise<JsonObject | string> {
  const { resolve } = options;
  const written = await writtenDefinition(logicalId, properties, options);
  if (written === undefined) return 'its definition is not on this machine';
  const substitutions = mapOf(resolve(properties.DefinitionSubstitutions ?? {}));
  const substituted = written.replace(/\$\{([A-Za-z0-9_.:-]+)\}/g, (whole, key: string) => {
    const value = substitutions[key];
    // Within the text of JSON: quotes and backslashes of a value are escaped.
    return value === undefined
      ? whole
      : typeof value === 'string'
        ? JSON.stringify(value).slice(1, -1)
        : JSON.stringify(value);
  });
  const { definition, problems } = definitionProblems(substituted, options.isExpress);
  return definition && problems.length === 0 ? definition : problems.join('; ');
}

/** JSON of the definition, before its substitutions. */
async function writtenDefinition(
  logicalId: string,
  { Definition, DefinitionString, DefinitionUri, DefinitionS3Location }: JsonObject,
  options: MachinesOptions & { readonly resolve: Resolve },
): Promise<string | undefined> {
  const { resolve } = options;
  if (isObject(Definition)) return JSON.stringify(resolve(Definition));
  if (DefinitionString !== undefined) return text(resolve(DefinitionString));
  const place: Json = DefinitionUri ?? DefinitionS3Location ?? null;
  return definitionIn(isObject(place) ? resolve(place) : place, { ...options, logicalId });
}

/** Versions and aliases of a machine. */
function qualifiersOf(template: Template, arn: string, resolve: Resolve): string[] {
  return Object.values(template.Resources).flatMap((resource) => {
    const { Type, Properties } = mapOf(resource);
    if (Type === 'AWS::StepFunctions::StateMachineVersion')
      return text(resolve(mapOf(Properties).StateMachineArn ?? '')) === arn ? ['1'] : [];
    return Type === 'AWS::StepFunctions::StateMachineAlias'
      ? [text(resolve(mapOf(Properties).Name ?? ''))]
      : [];
  });
}
