import type { Architecture } from '../../packaging/toolchains/spec.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import { isIntrinsic } from '../../template/intrinsics.ts';
import { noEchoParameters, ssmParameters } from '../../template/parameters.ts';
import { references } from '../../template/references.ts';
import { isObject, type Json, type JsonObject, own, scalarText } from '../../template/types.ts';
import type { Ask } from '../../template/values/choice.ts';
import { closest } from '../../text/closest.ts';
import { type CodeResource, mapOf } from './code-resource.ts';

/** The settings of a resource as they come to; what is asked for and only CloudFormation can tell is refused. */
export interface Settings {
  readonly resource: CodeResource;
  readonly isLayer: boolean;
  readonly ask: Ask;
  /** A property or a key of the metadata: its value, or nothing. @throws ProblemError */
  value(section: SettingSection, name: string): Json | undefined;
  /** One that is text. @throws ProblemError */
  text(section: SettingSection, name: string): string | undefined;
  /** What `value` finds, function calls included. */
  raw(section: SettingSection, name: string): Json | undefined;
  /** @throws ProblemError */
  architecture(): Architecture;
  /** `BuildProperties`, of which only those are taken that are named. @throws ProblemError */
  buildProperties(method: string, known: readonly string[]): JsonObject;
  /** A ProblemError about it. */
  wrong(message: string, next: string, ...path: readonly string[]): ProblemError;
}

/**
 * The absolute path of a folder that a template names; `undefined` where it may be missing, and is.
 *
 * @throws ProblemError where it may not
 */
export type Find = (written: string, ...path: readonly string[]) => string | undefined;

export type SettingSection = 'Properties' | 'Metadata';

export function settingsOf(resource: CodeResource, ask: Ask): Settings {
  const { id, properties, metadata, place } = resource;
  const isLayer = resource.type.endsWith('LayerVersion');
  const wrong = (message: string, next: string, ...path: readonly string[]): ProblemError =>
    new ProblemError({ subject: id, message, place: place(...path), next });
  const raw = (section: SettingSection, name: string): Json | undefined => {
    const map = section === 'Properties' ? properties : metadata;
    const written = own(map, name);
    // Within a map, as `AWS::NoValue` takes a key away.
    return written === undefined ? undefined : own(mapOf(ask({ [name]: written })), name);
  };
  const value = (section: SettingSection, name: string): Json | undefined => {
    const found = raw(section, name);
    const call = found === undefined ? undefined : callIn(found);
    if (call) throw new ProblemError(unknown(resource, section, name, call));
    return found ?? undefined;
  };
  const text = (section: SettingSection, name: string): string | undefined => {
    const found = value(section, name);
    if (found === undefined) return undefined;
    if (typeof found === 'object') throw wrong(`${name} is no text`, `Correct ${name}.`, section, name);
    return scalarText(found) || undefined;
  };
  const architectures = (name: string): readonly Architecture[] => {
    const found = value('Properties', name) ?? [];
    return (Array.isArray(found) ? found : [found]).map((each) =>
      architectureNamed(scalarText(each), (message, next) => wrong(message, next, 'Properties', name)),
    );
  };
  return {
    resource,
    isLayer,
    ask,
    value,
    text,
    raw,
    wrong,
    architecture() {
      if (isLayer) return layerArchitecture();
      // The service has arm64 only (Lambda Web API, `AccountQuotas`); SAM CLI 1.170 builds for x86_64 nevertheless.
      if (resource.type.endsWith('::WebFunction')) return 'arm64';
      const [architecture = 'x86_64', ...more] = architectures('Architectures');
      if (more.length === 0) return architecture;
      throw wrong(
        `Architectures comes to ${[architecture, ...more].join(' and ')}; a function has one`,
        'Name one.',
        'Properties',
        'Architectures',
      );
    },
    buildProperties(method, known) {
      const found = value('Metadata', 'BuildProperties') ?? {};
      if (!isObject(found))
        throw wrong('BuildProperties is no map', 'Correct it.', 'Metadata', 'BuildProperties');
      const problems = Object.keys(found)
        .filter((name) => !known.includes(name))
        .map((name) => unknownProperty(resource, method, name, known));
      if (problems.length > 0) throw new ProblemError(problems);
      return found;
    },
  };

  /** What the metadata says; else what the layer is for, where that is one. */
  function layerArchitecture(): Architecture {
    const fits = architectures('CompatibleArchitectures');
    const written = text('Metadata', 'BuildArchitecture');
    if (written === undefined) return fits.length === 1 && fits[0] ? fits[0] : 'x86_64';
    const built = architectureNamed(written, (message, next) =>
      wrong(message, next, 'Metadata', 'BuildArchitecture'),
    );
    if (fits.length === 0 || fits.includes(built)) return built;
    throw wrong(
      `BuildArchitecture is ${built}, but CompatibleArchitectures is ${fits.join(' and ')}`,
      'Correct one of them.',
      'Metadata',
      'BuildArchitecture',
    );
  }
}

function architectureNamed(
  name: string,
  wrong: (message: string, next: string) => ProblemError,
): Architecture {
  if (name === 'x86_64' || name === 'arm64') return name;
  throw wrong(`the architecture ${JSON.stringify(name)} is none of Lambda's`, 'Write x86_64 or arm64.');
}

/** The first function call in a value that could not be evaluated. */
function callIn(value: Json): JsonObject | undefined {
  if (Array.isArray(value)) return value.map(callIn).find((each) => each !== undefined);
  if (!isObject(value)) return undefined;
  return isIntrinsic(value) ? value : callIn(Object.values(value));
}

function unknown(
  { id, place, template }: CodeResource,
  section: SettingSection,
  name: string,
  call: JsonObject,
): Problem {
  const about = (message: string, next: string): Problem => ({
    subject: id,
    message: `${name} decides what is built, but ${message}`,
    place: place(section, name),
    next,
  });
  const [first] = references(call).filter(({ kind }) => kind === 'Ref' || kind === 'GetAtt');
  const decide =
    'Write the value itself, or a choice between values with Fn::If: each of them is built then.';
  if (first && isObject(template.Parameters) && own(template.Parameters, first.name) !== undefined) {
    if (ssmParameters(template).includes(first.name))
      return about(`the parameter ${first.name} is read from SSM when it is deployed`, decide);
    if (noEchoParameters(template).includes(first.name))
      return about(`the parameter ${first.name} is NoEcho, and nothing is built of secrets`, decide);
    return about(
      `the parameter ${first.name} has no value here`,
      `Give ${first.name} a value in the input parameters.`,
    );
  }
  if (first?.name === 'AWS::Region') return about('the region is not known here', 'Set the input region.');
  return about(
    `only the deployment can tell ${first ? `what ${first.name} is` : `the value of ${Object.keys(call)[0]}`}`,
    decide,
  );
}

function unknownProperty(
  { id, place }: CodeResource,
  method: string,
  name: string,
  known: readonly string[],
): Problem {
  const meant = closest(name, known);
  return {
    subject: id,
    message: `BuildProperties.${name} is none of BuildMethod ${method}`,
    place: place('Metadata', 'BuildProperties', name),
    next: meant
      ? `Write ${meant} if that is meant.`
      : known.length > 0
        ? `It knows ${known.join(', ')}.`
        : 'It knows none.',
  };
}
