import { statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Workspace } from '../../packaging/workspace/workspace.ts';
import { isInside } from '../../packaging/workspace/workspace.ts';
import { type Place, type Problem, ProblemError } from '../../problem.ts';
import { checkService } from '../../service/check/index.ts';
import { marshal } from '../../service/marshal/index.ts';
import { parseService } from '../../service/parse.ts';
import { type Fault, pathText } from '../../service/schema/check.ts';
import type { DefinitionContext, Service } from '../../service/types.ts';
import type { TemplatePath } from '../../template/types.ts';
import { validateTemplate } from '../../template/validate/index.ts';
import { templateDocument } from '../../template/write/from-value.ts';
import { readDefinition } from './read.ts';
import { withWorkflowFiles } from './workflow-files.ts';

/** A definition that was read and found to be sound. */
export interface LoadedService {
  readonly service: Service;
  /** The definition's folder, absolute. */
  readonly directory: string;
  /** The definition's path for people. */
  readonly file: string;
  readonly context: DefinitionContext;
  readonly warnings: readonly Problem[];
  /** Where something of the template is defined. */
  locate(path: TemplatePath): Place;
}

/**
 * Reads a service definition and checks all of it.
 *
 * @param path absolute
 * @param context what a definition that is a function is called with; not asked for before the definition is read
 * @throws ProblemError with everything that is wrong with it, each with the path of its field
 */
export async function loadService(
  space: Workspace,
  path: string,
  context: () => Promise<DefinitionContext>,
): Promise<LoadedService> {
  const directory = dirname(path);
  const file = relative(space.root, path) || path;
  const { value, locate } = await readDefinition(path, space.root, context);
  const problem = ({ path: at, message, next }: Fault): Problem => ({
    subject: at.length > 0 ? pathText(at) : 'the definition',
    message,
    place: locate(at),
    ...(next !== undefined && { next }),
  });
  const parsed = parseService(value);
  if ('faults' in parsed) throw new ProblemError(parsed.faults.map(problem));
  const { service, faults: fileFaults } = await withWorkflowFiles(parsed.service, space, directory);
  if (fileFaults.length > 0) throw new ProblemError(fileFaults.map(problem));
  const today = new Date().toISOString().slice(0, 10);
  const kindOf = (written: string) => kindInside(space, join(directory, written));
  const { faults, warnings } = checkService(service, { kindOf, today });
  const inTemplate = (at: TemplatePath): Place => locate(definitionPath(service, at));
  const problems = [
    ...faults.map(problem),
    ...(faults.length > 0 ? [] : templateProblems(service, file, inTemplate)),
  ];
  if (problems.length > 0) throw new ProblemError(problems);
  return {
    service,
    directory,
    file,
    context: await context(),
    warnings: warnings.map(problem),
    locate: inTemplate,
  };
}

function kindInside(space: Workspace, path: string): 'file' | 'folder' | undefined {
  if (!space.allowOutside && !isInside(space, path)) return undefined;
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? 'file' : found?.isDirectory() ? 'folder' : undefined;
}

/**
 * What CloudFormation would refuse, reported before anything is built. Where code adds to the template, it may still
 * put that right.
 */
function templateProblems(
  service: Service,
  file: string,
  locate: (path: TemplatePath) => Place,
): readonly Problem[] {
  const { decorators, hooks, functions = {} } = service;
  const isOpen = decorators || hooks?.postMarshall || Object.values(functions).some((fn) => fn.decorators);
  if (isOpen) return [];
  try {
    const template = marshal(service, { codeHashes: new Map(), roleArns: new Map() });
    return validateTemplate({ ...templateDocument(template, file), locate });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problems;
  }
}

/** Sections of a template as the definition calls them. */
const FIELDS: Readonly<Record<string, string>> = {
  Resources: 'resources',
  Outputs: 'outputs',
  Parameters: 'parameters',
  Conditions: 'conditions',
  Mappings: 'mappings',
};

/** Where the definition says what a place in the template holds: plain resources stand there as they are. */
function definitionPath({ resources = {} }: Service, [section, id, ...rest]: TemplatePath): TemplatePath {
  const field = typeof section === 'string' && Object.hasOwn(FIELDS, section) ? FIELDS[section] : undefined;
  if (field === undefined) return [];
  if (id === undefined || (field === 'resources' && !Object.hasOwn(resources, id))) return [field];
  return [field, id, ...rest];
}
