import { type Place, type Problem, ProblemError } from '../../problem.ts';
import type { TemplatePath } from '../types.ts';
import { tooDeep } from './depth.ts';
import { duplicateKey, type ParsedText, type ParseOptions } from './parsed.ts';
import { lineIndex } from './positions.ts';
import { readYaml } from './yaml/document.ts';
import { keyOffset } from './yaml/follow.ts';
import { type YamlTree, yamlTree } from './yaml/tree.ts';
import { type Remark, Values } from './yaml/values.ts';

/**
 * Reads YAML 1.1 with CloudFormation's short-form tags into data, in which they are written out. Places are looked for
 * when they are asked for: most of what is read has nothing wrong with it.
 *
 * @throws ProblemError with every syntax error and unknown tag
 */
export function parseYaml(
  text: string,
  file: string,
  { duplicateKeys = 'refuse', scalars = 'text', isDeployed = false }: ParseOptions = {},
): ParsedText {
  const at = lineIndex(text);
  const place = (offset: number): Place => ({ file, ...at(offset) });
  const values = new Values(scalars);
  const { root = null, faults } = readYaml(text, values);
  if (values.isTooDeep(root)) throw tooDeep({ file });
  const duplicates = values.duplicates.map(({ key, at: offset }) =>
    duplicateKey(key, place(offset), duplicateKeys),
  );
  const remarks = [
    ...faults.map(({ message, at: offset }): Remark => ({ message: `bad YAML: ${message}`, at: offset })),
    ...(isDeployed ? [] : values.faults),
  ].sort((a, b) => a.at - b.at);
  const problems = remarks.map(
    ({ message, at: offset, next }): Problem => ({
      message,
      place: place(offset),
      ...(next !== undefined && { next }),
    }),
  );
  if (duplicateKeys === 'refuse') problems.push(...duplicates);
  if (problems.length > 0) throw new ProblemError(problems);
  let tree: YamlTree | undefined;
  return {
    value: root,
    duplicates,
    locate(path: TemplatePath): Place {
      tree ??= yamlTree(text);
      const offset = tree && keyOffset(tree, path);
      return offset === undefined ? { file } : place(offset);
    },
  };
}
