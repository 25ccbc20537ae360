import { createHash } from 'node:crypto';
import type { StackAssembly } from '../../assembly/types.ts';
import type { Json, Template } from '../../template/types.ts';
import { localIds } from '../service/read/local-ids.ts';
import { mapOf, propertiesOf, type ResolveOptions, resolveEnvironment, resolverOf, text } from './resolve.ts';

/** A template of a stack, and what its references stand for. */
export interface TemplateScope {
  readonly template: Template;
  /** Without what is only known of the template as it is made by transforms: physical ids of resources that work here. */
  readonly given: ResolveOptions;
  /** With those of the template as it is written. */
  readonly options: ResolveOptions;
}

/** What is known before any template is looked at. */
interface ScopesRequest {
  readonly stack: StackAssembly;
  /** What all templates of the stack share. */
  readonly common: ResolveOptions;
  /** Of the stack itself. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Physical ids of what is deployed, by the id of the nested template. */
  readonly deployed?: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Logical IDs of functions without a name, and of WebSocket APIs, that several templates have. */
  readonly shared: ReadonlySet<string>;
  /** Queues, topics and the rest of a service are here, too. */
  readonly whole: boolean;
}

/**
 * The templates of a stack by the id of the nested one: parameters of nested stacks are what their parent says, and their outputs
 * are what their parent gets. A nested stack is called after its parent and its logical ID, so that two of the same template
 * have resources of their own.
 */
export function templateScopes(request: ScopesRequest): (id: string) => TemplateScope | undefined {
  const { stack, common, whole, shared } = request;
  const templates = new Map<string, Template>([
    ['', stack.template.template],
    ...stack.nested.map(({ id, template }) => [id, template.template] as const),
  ]);
  const known = new Map<string, TemplateScope>();
  const begun = new Set<string>();

  function parametersOf(id: string): Record<string, string> | undefined {
    if (id === '') return { ...request.parameters };
    const [logicalId = '', ...path] = id.split('/').toReversed();
    const parent = scopeOf(path.toReversed().join('/'));
    if (!parent) return undefined;
    const given = mapOf(propertiesOf(parent.template, logicalId).Parameters);
    return resolveEnvironment(given, resolverOf(parent.template, parent.options));
  }

  function scopeOf(id: string): TemplateScope | undefined {
    const template = templates.get(id);
    // CloudFormation refuses nested stacks that wait for each other.
    if (!template || known.has(id) || begun.has(id)) return known.get(id);
    begun.add(id);
    const parameters = parametersOf(id);
    if (!parameters) return undefined;
    const stackName = [stack.stackName, ...id.split('/').filter(Boolean)].join('-');
    const given: ResolveOptions = {
      ...common,
      stackName,
      parameters,
      physicalIds: { ...idsOfShared(template, stackName, shared), ...request.deployed?.get(id) },
      outputs: (logicalId, name) => outputOf(id === '' ? logicalId : `${id}/${logicalId}`, name),
    };
    const here = localIds([template], given, whole ? undefined : 'machines');
    const scope = { template, given, options: { ...given, physicalIds: { ...here, ...given.physicalIds } } };
    known.set(id, scope);
    return scope;
  }

  function outputOf(id: string, name: string): Json | undefined {
    const scope = scopeOf(id);
    const { Value } = mapOf(mapOf(scope?.template.Outputs)[name]);
    if (!scope || Value === undefined) return undefined;
    const value = resolverOf(scope.template, scope.options)(Value);
    // What is missing in there is told by the name that it has out here.
    return String(value).startsWith('unresolved-') ? undefined : value;
  }

  return scopeOf;
}

const FUNCTIONS = ['AWS::Lambda::Function', 'AWS::Serverless::Function'];

/** Whether a resource is called after its logical ID alone here. */
function isUnnamed(resource: Json): boolean {
  const { Type = '', Properties } = mapOf(resource);
  const { FunctionName, ProtocolType } = mapOf(Properties);
  return FUNCTIONS.includes(text(Type)) ? FunctionName === undefined : ProtocolType === 'WEBSOCKET';
}

const unnamed = ({ Resources }: Template): string[] =>
  Object.keys(Resources).filter((logicalId) => isUnnamed(Resources[logicalId] ?? null));

/** Resources without a name that several templates have under the same logical ID, which is no name for all of them. */
export function sharedNames(stacks: readonly StackAssembly[]): ReadonlySet<string> {
  const all = stacks
    .flatMap(({ template, nested }) => [template, ...nested.map((each) => each.template)])
    .flatMap(({ template }) => unnamed(template));
  return new Set(all.filter((logicalId, index) => all.indexOf(logicalId) !== index));
}

const idsOfShared = (
  template: Template,
  stackName: string,
  shared: ReadonlySet<string>,
): Record<string, string> =>
  Object.fromEntries(
    unnamed(template)
      .filter((logicalId) => shared.has(logicalId))
      .map((logicalId) => {
        const name = `${stackName}-${logicalId}`;
        const isFunction = FUNCTIONS.includes(text(mapOf(template.Resources[logicalId]).Type ?? ''));
        // The ids of APIs have ten characters.
        return [logicalId, isFunction ? name : createHash('sha256').update(name).digest('hex').slice(0, 10)];
      }),
  );
