import { ProblemError } from '../../problem.ts';
import type { Setting } from './setting.ts';

/**
 * Reads a file of SAM CLI's settings or of parameters.
 *
 * @throws ProblemError when it is neither TOML nor, in a file of that name, YAML
 */
export async function parseSettings(content: string, file: string): Promise<Setting> {
  if (/\.ya?ml$/.test(file)) return (await import('./yaml-settings.ts')).parseYamlSettings(content, file);
  const { parse } = await import('smol-toml');
  try {
    return parse(content, { integersAsBigInt: true });
  } catch (error) {
    const { message, line, column } = error as Error & { line?: number; column?: number };
    const place = { file, ...(line !== undefined && { line, ...(column !== undefined && { column }) }) };
    throw new ProblemError({ message: `bad TOML: ${message.split('\n')[0]}`, place });
  }
}
