import { dirname, resolve } from 'node:path';
import type { Assembly, StackAssembly } from '../../assembly/types.ts';
import type { Template } from '../../template/types.ts';
import type { Api, Route, RouteTarget } from '../http-api/route.ts';
import { routesOf } from '../http-api/routes/index.ts';
import { webRoutes } from '../http-api/routes/web-routes.ts';
import type { ServicePlan } from '../service/plan.ts';
import { joinedPlans, planOf } from '../service/read/index.ts';
import { localIds } from '../service/read/local-ids.ts';
import type { LocalStateMachine } from '../state-machines/machine-types.ts';
import { expandedHere, locatedTemplates } from './expanded.ts';
import { functionsOf } from './from-template.ts';
import type { LocalFunction } from './function.ts';
import { withIncludes } from './included.ts';
import { mapOf, propertiesOf, type ResolveOptions, resolveEnvironment, resolverOf, text } from './resolve.ts';

/** The part of a stack that can run here. */
export interface StackHere {
  readonly id: string;
  readonly functions: readonly LocalFunction[];
  readonly routes: readonly Route[];
  readonly machines: readonly LocalStateMachine[];
  /** Queues, topics, event sources, WebSocket APIs: with `whole` only. */
  readonly plan: ServicePlan;
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
  /** All of a service is run: references to its queues and topics lead to those here. */
  readonly whole?: boolean;
  /** Hears why something can't be run here. */
  readonly warn: (message: string) => void;
}

/**
 * The functions and routes of all stacks, those of nested templates included. Logical IDs begin with the id of the stack
 * where there are several, and of the nested template: `Orders/Api/Hello`.
 */
export function stacksHere({ stacks }: Assembly, options: AssemblyOptions): Promise<StackHere[]> {
  const imports = options.whole ? exportsOf(stacks, options) : {};
  return Promise.all(
    stacks.map((stack) => stackHere(stack, stacks.length > 1 ? `${stack.id}/` : '', { ...options, imports })),
  );
}

/** What stacks export for each other, as far as it is known here. */
function exportsOf(stacks: readonly StackAssembly[], options: AssemblyOptions): Record<string, string> {
  const found: Record<string, string> = {};
  for (const stack of stacks) {
    const { template } = stack.template;
    const scope = commonOf(stack, options);
    const known = { ...scope, parameters: stack.parameters };
    const resolve = resolverOf(template, { ...known, physicalIds: localIds([template], known) });
    for (const output of Object.values(mapOf(template.Outputs))) {
      const { Value, Export } = mapOf(output);
      const name = mapOf(Export).Name;
      if (name !== undefined) found[text(resolve(name))] = text(resolve(Value ?? ''));
    }
  }
  return found;
}

/** What all templates of a stack share. */
function commonOf(stack: StackAssembly, options: AssemblyOptions): ResolveOptions {
  const deployed = options.deployed.get(stack.id);
  const region = deployed?.region ?? options.region ?? stack.environment?.region;
  const account = deployed?.account ?? stack.environment?.account;
  return {
    stackName: stack.stackName,
    ...(region !== undefined && { region }),
    ...(account !== undefined && /^\d{12}$/.test(account) && { account }),
  };
}

async function stackHere(
  stack: StackAssembly,
  prefix: string,
  options: AssemblyOptions & { readonly imports: Readonly<Record<string, string>> },
): Promise<StackHere> {
  const deployed = options.deployed.get(stack.id);
  const common = { ...commonOf(stack, options), imports: options.imports };
  const functions: LocalFunction[] = [];
  const routes: Route[] = [];
  const machines: LocalStateMachine[] = [];
  const plans: ServicePlan[] = [];
  const located = locatedTemplates(stack);
  /** A nested template's parameters are what its parent says, and resolve there. */
  const scopes = new Map<string, { readonly template: Template; readonly options: ResolveOptions }>();
  const root = { id: '', template: stack.template };
  const byDepth = stack.nested.toSorted((a, b) => depth(a.id) - depth(b.id) || (a.id < b.id ? -1 : 1));
  for (const { id, template: document } of [root, ...byDepth]) {
    const parent = id === '' ? undefined : scopes.get(id.split('/').slice(0, -1).join('/'));
    const { template } = document;
    const known: ResolveOptions = {
      ...common,
      parameters: parent
        ? parametersOf(parent.template, id.split('/').at(-1) ?? '', parent.options)
        : { ...deployed?.parameters, ...stack.parameters },
      ...(deployed && { physicalIds: deployed.physicalIds.get(id) ?? {} }),
    };
    const place = id === '' ? prefix : `${prefix}${id}/`;
    const whole = await withIncludes(located.get(id) ?? template, stack.assets);
    const made = await expandedHere(whole, known, options.warn);
    const here = localIds([template, made], known, options.whole ? undefined : 'machines');
    const scope: ResolveOptions = { ...known, physicalIds: { ...here, ...known.physicalIds } };
    scopes.set(id, { template, options: scope });
    const found = functionsOf(template, stack.assets, {
      ...scope,
      made,
      directory: dirname(resolve(options.root, document.file)),
      ...(id !== '' && { nested: id }),
      warn: options.warn,
    });
    for (const fn of found) {
      const environment = { ...fn.environment, ...options.environment };
      functions.push({ ...fn, logicalId: place + fn.logicalId, environment });
    }
    if (hasMachines(made)) {
      const { machinesOf } = await import('../state-machines/from-template.ts');
      const own = await machinesOf(made, {
        ...scope,
        directory: dirname(resolve(options.root, document.file)),
        assets: stack.assets,
        arns: scope.physicalIds ?? {},
        warn: options.warn,
      });
      machines.push(...own.map((machine) => ({ ...machine, logicalId: place + machine.logicalId })));
    }
    if (options.whole) plans.push(placedPlan(planOf(made, scope), place));
    routes.push(...withPrefix([...routesOf(made, scope), ...webRoutes(found)], place));
  }
  return { id: stack.id, functions, routes, machines, plan: { ...joinedPlans(plans), machines } };
}

function parametersOf(parent: Template, logicalId: string, options: ResolveOptions): Record<string, string> {
  return resolveEnvironment(mapOf(propertiesOf(parent, logicalId).Parameters), resolverOf(parent, options));
}

/** WebSocket APIs of one logical ID in several stacks are told apart by their stack. */
const placedPlan = (plan: ServicePlan, place: string): ServicePlan =>
  place === '' ? plan : { ...plan, webSockets: plan.webSockets.map((api) => ({ ...api, place })) };

/** Routes name their APIs and functions by logical ID. */
function withPrefix(routes: readonly Route[], place: string): readonly Route[] {
  if (place === '') return routes;
  // All routes of an API have the same one.
  const apis = new Map<Api, Api>();
  const placed = (api: Api): Api => {
    const known = apis.get(api) ?? { ...api, place };
    apis.set(api, known);
    return known;
  };
  return routes.map((route) => {
    const { api, target, authorizer } = route;
    return {
      ...route,
      api: placed(api),
      target: targetIn(target, place),
      ...(authorizer && {
        authorizer:
          'functionId' in authorizer && authorizer.functionId !== ''
            ? { ...authorizer, functionId: place + authorizer.functionId }
            : authorizer,
      }),
    };
  });
}

function targetIn(target: RouteTarget, place: string): RouteTarget {
  if (target.kind === 'function' || target.kind === 'web')
    return { ...target, logicalId: place + target.logicalId };
  if (target.kind === 'mapped' && target.to.kind === 'function')
    return { ...target, to: { ...target.to, logicalId: place + target.to.logicalId } };
  return target;
}

const hasMachines = ({ Resources }: Template): boolean =>
  Object.values(Resources).some((resource) =>
    /^AWS::(?:StepFunctions|Serverless)::StateMachine$/.test(String(mapOf(resource).Type)),
  );

const depth = (id: string): number => id.split('/').length;
