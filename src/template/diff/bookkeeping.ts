import { isObject, type Json, type JsonObject, scalarText, type Template } from '../types.ts';

const METADATA_TYPE = 'AWS::CDK::Metadata';

/** Whether a resource is there for AWS CDK only. */
export const isBookkeeping = ({ type }: { readonly type: string }): boolean => type === METADATA_TYPE;

/** What AWS CDK adds to each template for itself: which of its constructs are used, and what it was bootstrapped with. */
const BOOKKEEPING: Readonly<Record<string, (name: string, entry: Json) => boolean>> = {
  Resources: (_, entry) => isObject(entry) && entry.Type === METADATA_TYPE,
  Conditions: (name) => name === 'CDKMetadataAvailable',
  Parameters: (name, entry) =>
    name === 'BootstrapVersion' &&
    isObject(entry) &&
    scalarText(entry.Type).startsWith('AWS::SSM::Parameter'),
  Rules: (name) => name === 'CheckBootstrapVersion',
};

/**
 * A template without what AWS CDK adds for itself, which changes with its version and says nothing about the service.
 * Two templates that differ in nothing else are deployed as one.
 */
export function withoutBookkeeping(template: Template): Template {
  const { Resources, ...rest } = template;
  const sections = Object.entries(rest).flatMap(([name, section]): [string, Json][] => {
    if (!Object.hasOwn(BOOKKEEPING, name) || !isObject(section))
      return section === undefined ? [] : [[name, section]];
    const kept = strip(name, section);
    return Object.keys(kept).length > 0 ? [[name, kept]] : [];
  });
  return { ...Object.fromEntries(sections), Resources: strip('Resources', Resources) };
}

function strip(section: string, entries: JsonObject): JsonObject {
  const isOurs = BOOKKEEPING[section];
  return Object.fromEntries(Object.entries(entries).filter(([name, entry]) => !isOurs?.(name, entry)));
}
