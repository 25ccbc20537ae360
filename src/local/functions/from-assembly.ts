import { dirname, resolve } from 'node:path';
import type { Assembly, StackAssembly } from '../../assembly/types.ts';
import type { Template } from '../../template/types.ts';
import type { Route } from '../http-api/route.ts';
import { routesOf } from '../http-api/routes/index.ts';
import { functionsOf } from './from-template.ts';
import type { LocalFunction } from './function.ts';
import { mapOf, propertiesOf, type ResolveOptions, resolveEnvironment, resolverOf } from './resolve.ts';

/** The part of a stack that can run here. */
export interface StackHere {
  readonly id: string;
  readonly functions: readonly LocalFunction[];
  readonly routes: readonly Route[];
}

/** What references need to know of a deployed stack. */
export interface KnownStack {
  readonly region: string;
  readonly account: string;
  /** Values that CloudFormation shows. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Physical ids by logical ID, by the id of the nested template; those of the stack itself are under ''. */
  readonly physicalIds: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

export interface AssemblyOptions {
  /** The workspace, which file names of templates are relative to. */
  readonly root: string;
  /** Where nothing else says which. */
  readonly region: string | undefined;
  /** By the id of the stack; references to what is not here become placeholders. */
  readonly deployed: ReadonlyMap<string, KnownStack>;
  /** Laid over the variables of every function. */
  readonly environment: Readonly<Record<string, string>>;
  /** Hears why something can't be run here. */
  readonly warn: (message: string) => void;
}

/**
 * The functions and routes of all stacks, those of nested templates included. Logical IDs begin with the id of the stack
 * where there are several, and of the nested template: `Orders/Api/Hello`.
 */
export function stacksHere({ stacks }: Assembly, options: AssemblyOptions): StackHere[] {
  return stacks.map((stack) => stackHere(stack, stacks.length > 1 ? `${stack.id}/` : '', options));
}

function stackHere(stack: StackAssembly, prefix: string, options: AssemblyOptions): StackHere {
  const deployed = options.deployed.get(stack.id);
  const region = deployed?.region ?? options.region ?? stack.environment?.region;
  const account = deployed?.account ?? stack.environment?.account;
  const common = {
    stackName: stack.stackName,
    ...(region !== undefined && { region }),
    ...(account !== undefined && /^\d{12}$/.test(account) && { account }),
  };
  const functions: LocalFunction[] = [];
  const routes: Route[] = [];
  /** A nested template's parameters are what its parent says, and resolve there. */
  const scopes = new Map<string, { readonly template: Template; readonly options: ResolveOptions }>();
  const root = { id: '', template: stack.template };
  const byDepth = stack.nested.toSorted((a, b) => depth(a.id) - depth(b.id) || (a.id < b.id ? -1 : 1));
  for (const { id, template: document } of [root, ...byDepth]) {
    const parent = id === '' ? undefined : scopes.get(id.split('/').slice(0, -1).join('/'));
    const { template } = document;
    const scope: ResolveOptions = {
      ...common,
      parameters: parent
        ? parametersOf(parent.template, id.split('/').at(-1) ?? '', parent.options)
        : { ...deployed?.parameters, ...stack.parameters },
      ...(deployed && { physicalIds: deployed.physicalIds.get(id) ?? {} }),
    };
    scopes.set(id, { template, options: scope });
    const place = id === '' ? prefix : `${prefix}${id}/`;
    const found = functionsOf(template, stack.assets, {
      ...scope,
      directory: dirname(resolve(options.root, document.file)),
      ...(id !== '' && { nested: id }),
      warn: options.warn,
    });
    for (const fn of found) {
      const environment = { ...fn.environment, ...options.environment };
      functions.push({ ...fn, logicalId: place + fn.logicalId, environment });
    }
    routes.push(...withPrefix(routesOf(template, scope), place));
  }
  return { id: stack.id, functions, routes };
}

function parametersOf(parent: Template, logicalId: string, options: ResolveOptions): Record<string, string> {
  return resolveEnvironment(mapOf(propertiesOf(parent, logicalId).Parameters), resolverOf(parent, options));
}

/** Routes name their functions by logical ID. */
function withPrefix(routes: readonly Route[], place: string): readonly Route[] {
  if (place === '') return routes;
  return routes.map((route) => {
    const { target, authorizer } = route;
    return {
      ...route,
      target: target.kind === 'function' ? { ...target, logicalId: place + target.logicalId } : target,
      ...(authorizer && {
        authorizer:
          'functionId' in authorizer && authorizer.functionId !== ''
            ? { ...authorizer, functionId: place + authorizer.functionId }
            : authorizer,
      }),
    };
  });
}

const depth = (id: string): number => id.split('/').length;
