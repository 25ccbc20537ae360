import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isInside, type Workspace } from '../../packaging/workspace/workspace.ts';
import { ProblemError } from '../../problem.ts';
import type { Fault } from '../../service/schema/check.ts';
import type { Service } from '../../service/types.ts';
import type { StateMachineDefinition } from '../../service/workflow-types.ts';
import { isObject, type JsonObject } from '../../template/types.ts';

/**
 * Puts the content of files in the place of their names.
 *
 * @param directory the definition's folder, absolute
 */
export async function withWorkflowFiles(
  service: Service,
  space: Workspace,
  directory: string,
): Promise<{ readonly service: Service; readonly faults: readonly Fault[] }> {
  const machines = Object.entries(service.stateMachines ?? {});
  if (machines.every(([, { file }]) => file === undefined)) return { service, faults: [] };
  const faults: Fault[] = [];
  const read: Record<string, StateMachineDefinition> = {};
  for (const [name, machine] of machines) {
    const path = ['stateMachines', name, 'file'];
    if (machine.file === undefined) read[name] = machine;
    else if (machine.definition !== undefined)
      faults.push({
        path,
        message: 'there is a definition besides',
        next: 'Give one of definition and file.',
      });
    else {
      const content = await readWorkflow(space, join(directory, machine.file));
      if (typeof content === 'string') faults.push({ path, message: `${machine.file} ${content}` });
      else read[name] = { ...machine, definition: content };
    }
  }
  return { service: { ...service, stateMachines: read }, faults };
}

/** What is in the file, or what is wrong with it. */
async function readWorkflow(space: Workspace, path: string): Promise<JsonObject | string> {
  if (!space.allowOutside && !isInside(space, path)) return 'is no file of the workspace';
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return 'is no file of the workspace';
  const { parseYaml } = await import('../../template/read/parse-yaml.ts');
  try {
    // JSON is YAML; a name that two states have is an error of either.
    const { value } = parseYaml(text, path, { scalars: 'values' });
    return isObject(value) ? value : 'holds no state machine';
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [{ message, place } = { message: '', place: undefined }] = error.problems;
    return `cannot be read: ${message}${place?.line === undefined ? '' : ` (line ${place.line})`}`;
  }
}
