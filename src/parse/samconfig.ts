import { type Place, type Problem, ProblemError } from '../problem.ts';
import type { InputContext } from './kinds.ts';
import type { Pairs, SettingRemark } from './sam-cli/findings.ts';
import { ParameterOverrides } from './sam-cli/parameter-overrides.ts';
import { isSettings, type Setting, settingText } from './sam-cli/setting.ts';
import { parseSettings } from './sam-cli/settings-file.ts';
import { readTags } from './sam-cli/tags.ts';

/** The inputs that take over what SAM CLI's parameters say. */
const TAKEN = {
  stack_name: 'stack-name',
  s3_bucket: 's3-bucket',
  s3_prefix: 's3-prefix',
  region: 'region',
  role_arn: 'role-arn',
  capabilities: 'capabilities',
  notification_arns: 'notification-arns',
  parameter_overrides: 'parameters',
  tags: 'tags',
} as const;

type SamParameter = keyof typeof TAKEN;
type SamInput = (typeof TAKEN)[SamParameter];

/** The inputs that SAM CLI's settings give, as text. */
export type SamDefaults = { readonly [Name in SamInput]?: string };

/** What is needed besides the text of the settings. */
export interface SamConfigContext extends InputContext {
  /** Whether an input is taken from the settings: not where it is given. */
  isWanted(input: SamInput): boolean;
}

/** What SAM CLI's settings say. */
export interface SamConfig {
  readonly values: SamDefaults;
  readonly warnings: readonly Problem[];
}

/**
 * Reads `samconfig.toml` or `samconfig.yaml` in the sense of SAM CLI 1.170: the `default` environment, what is there for all commands and then
 * what is there for `deploy`. Tests compare with SAM CLI itself.
 * Source: AWS SAM developer guide, "SAM CLI configuration file".
 *
 * @throws ProblemError when it is no TOML or YAML, or a value is not of a form that SAM CLI takes
 */
export async function parseSamConfig(
  content: string,
  file: string,
  context: SamConfigContext,
): Promise<SamConfig> {
  const root = await parseSettings(content, file);
  const parameters = { ...section(root, 'global'), ...section(root, 'deploy') };
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const values: { -readonly [Name in SamInput]?: string } = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (!isTaken(name) || !context.isWanted(TAKEN[name])) continue;
    const read = await readSetting(name, value, { file }, context);
    problems.push(...read.problems);
    warnings.push(...read.warnings);
    if (read.text !== '') values[TAKEN[name]] = read.text;
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return { values, warnings };
}

const isTaken = (name: string): name is SamParameter => Object.hasOwn(TAKEN, name);

/** `[default.<command>.parameters]` */
function section(root: Setting, command: string): { readonly [key: string]: Setting } {
  const at = (value: Setting | undefined, key: string): Setting | undefined =>
    isSettings(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  const found = at(at(at(root, 'default'), command), 'parameters');
  return isSettings(found) ? found : {};
}

interface ReadSetting {
  /** Of the input; empty: there is none. */
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

async function readSetting(
  name: SamParameter,
  value: Setting,
  place: Place,
  context: SamConfigContext,
): Promise<ReadSetting> {
  if (name === 'parameter_overrides') {
    const overrides = new ParameterOverrides({ ...context, parse: parseSettings }, place.file);
    const pairs = await overrides.read(value);
    return { text: json(pairs), problems: overrides.problems, warnings: overrides.warnings };
  }
  const about = (remark: SettingRemark): Problem => ({ subject: name, ...remark, place });
  if (name === 'tags') {
    const { pairs, problems, warnings } = readTags(value);
    return { text: json(pairs), problems: problems.map(about), warnings: warnings.map(about) };
  }
  const isList = name === 'capabilities' || name === 'notification_arns';
  const text = isList ? words(value) : settingText(value);
  if (text !== undefined) return { text, problems: [], warnings: [] };
  return {
    text: '',
    problems: [about({ message: `has to be a text${isList ? ' or a list of texts' : ''}` })],
    warnings: [],
  };
}

/** Words of a text, or a list, as one text in which commas divide them. */
function words(value: Setting): string | undefined {
  const all = typeof value === 'string' ? value.split(/\s+/).filter((word) => word !== '') : value;
  return Array.isArray(all) && all.every((each) => typeof each === 'string') ? all.join(',') : undefined;
}

const json = (pairs: Pairs): string => (pairs.size === 0 ? '' : JSON.stringify(Object.fromEntries(pairs)));
