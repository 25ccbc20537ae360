import type { RenderedStack } from '../../assembly/render.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import type { ResourceChange, StackInput } from '../../aws/stack/change-set.ts';
import { type ChangeResult, changeStack } from '../../aws/stack/change-stack.ts';
import type { OperationOptions } from '../../aws/stack/operation.ts';
import { type Stack, setTerminationProtection } from '../../aws/stack/stack.ts';
import type { Log } from '../../log.ts';
import { declaredParameters } from '../../template/parameters.ts';
import type { Template } from '../../template/types.ts';

export interface DeployRequest {
  readonly input: Omit<StackInput, 'template' | 'parameters'>;
  readonly rendered: RenderedStack;
  /** Where CloudFormation reads the template. */
  readonly templateUrl: string;
  /** The stack to update; `undefined` creates. */
  readonly current: Stack | undefined;
  readonly token: string;
}

/** Stages 17 and 18: changes the stack and waits for the end, with its events as they happen. */
export async function deploy(
  aws: Aws,
  request: DeployRequest,
  options: Omit<OperationOptions, 'log'> & {
    readonly onChanges: (changes: readonly ResourceChange[]) => void;
  },
  log: Log,
): Promise<ChangeResult> {
  const { input, rendered, templateUrl: url, current } = request;
  const parameters = stackParameters(rendered.template.template, rendered.parameters, current);
  return changeStack(aws, { ...input, template: { url }, parameters }, current, request.token, {
    ...options,
    log,
    onChanges: (changes) => {
      options.onChanges(changes);
      for (const { action, logicalId, type, replacement } of changes) {
        log.info(
          `${action} ${logicalId} (${type})${replacement === 'True' ? ', replaced' : replacement === 'Conditional' ? ', may be replaced' : ''}`,
        );
      }
    },
  });
}

/** What is not named keeps the value of the stack, as far as it has one. */
function stackParameters(
  template: Template,
  given: Readonly<Record<string, string>>,
  current: Stack | undefined,
): Record<string, string | undefined> {
  const declared = Object.keys(declaredParameters(template));
  const kept = declared.filter(
    (name) => !Object.hasOwn(given, name) && Object.hasOwn(current?.parameters ?? {}, name),
  );
  return { ...Object.fromEntries(kept.map((name) => [name, undefined])), ...given };
}

/** Sets termination protection where it is asked for and not as it should be. */
export async function protect(aws: Aws, stack: Stack, wanted: boolean | undefined, log: Log): Promise<void> {
  if (wanted === undefined || wanted === stack.terminationProtection) return;
  await setTerminationProtection(aws, stack.name, wanted);
  log.info(`Termination protection is ${wanted ? 'on' : 'off'}`);
}
