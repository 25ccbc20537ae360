import type { Contribution } from '../../service/marshal/fragment.ts';
import { logicalId } from '../../service/marshal/ids.ts';
import type { Template } from '../../template/types.ts';
import type { ServiceRun } from '../run.ts';
import { hookRun, runCode } from './hooks.ts';
import type { Marshalled } from './marshal.ts';

/**
 * Stage 12: each decorator of a function gets an empty template to add to.
 *
 * @throws ProblemError that names the decorator which failed
 */
export async function lambdaDecorators(
  service: ServiceRun,
  { template: marshalled, codeHashes }: Marshalled,
): Promise<readonly Contribution[]> {
  const { loaded, context, run } = service;
  const decorated = Object.entries(loaded.service.functions ?? {}).filter(([, fn]) => fn.decorators?.length);
  if (decorated.length === 0) return [];
  return run.host.log.group('Lambda decorators', async (each) => {
    const made: Contribution[] = [];
    for (const [functionName, { decorators = [] }] of decorated) {
      for (const [index, decorator] of decorators.entries()) {
        const from = `lambda decorator ${decoratorName(decorator, index)} of ${functionName}`;
        const template: Template = { Resources: {} };
        const told = {
          ...context,
          template,
          functionName,
          logicalId: logicalId(functionName),
          marshalled: structuredClone(marshalled),
          codeHash: codeHashes.get(functionName) ?? '',
        };
        await runCode(from, () => decorator(told), hookRun(service, each));
        made.push({ from, fragment: template });
        each.info(`${from}: ${Object.keys(template.Resources).join(', ') || 'no resources'}`);
      }
    }
    return made;
  });
}

/** What messages call a decorator; one without a name is told by its place in the list, counted from 1. */
export const decoratorName = ({ name }: { readonly name: string }, index: number): string =>
  name || String(index + 1);
