import type { Contribution } from '../../service/marshal/fragment.ts';
import type { Template } from '../../template/types.ts';
import type { ServiceRun } from '../run.ts';
import { hookRun, runCode } from './hooks.ts';
import { decoratorName } from './lambda-decorators.ts';

/**
 * Stage 13: each decorator of the service gets an empty template to add to.
 *
 * @throws ProblemError that names the decorator which failed
 */
export async function serviceDecorators(service: ServiceRun): Promise<readonly Contribution[]> {
  const { loaded, context, run } = service;
  const { decorators = [] } = loaded.service;
  if (decorators.length === 0) return [];
  return run.host.log.group('Service decorators', async (each) => {
    const made: Contribution[] = [];
    for (const [index, decorator] of decorators.entries()) {
      const from = `service decorator ${decoratorName(decorator, index)}`;
      const template: Template = { Resources: {} };
      await runCode(from, () => decorator({ ...context, template }), hookRun(service, each));
      made.push({ from, fragment: template });
      each.info(`${from}: ${Object.keys(template.Resources).join(', ') || 'no resources'}`);
    }
    return made;
  });
}
