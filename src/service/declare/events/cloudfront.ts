import type { CloudFrontEvent } from '../../event-types.ts';
import type { FunctionDefinition } from '../../function-types.ts';
import type { Data } from '../../values.ts';
import { editResource, resourceIn } from '../draft.ts';
import { ref } from '../resources.ts';
import type { EventMarshaller } from './shared/context.ts';

type Map = Readonly<Record<string, Data>>;
const isMap = (value: Data | undefined): value is Map =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asList = (value: Data | undefined): readonly Data[] => (Array.isArray(value) ? value : []);

/** Lambda@Edge: CloudFront copies a published version, so neither the newest code nor an alias will do. */
export const cloudfront: EventMarshaller<CloudFrontEvent> = (event, context) => {
  const { draft, path, callee } = context;
  if (!resourceIn(draft, [...path, 'distribution'], event.distribution, ['AWS::CloudFront::Distribution']))
    return;
  const version = draft.names.versionId(callee.name);
  if (event.alias !== undefined || version === undefined) {
    draft.faults.push({
      path,
      message: `CloudFront calls a version of the function ${callee.name}, no alias and not its newest code`,
      next: event.alias === undefined ? `Set functions.${callee.name}.version: true.` : 'Remove alias.',
    });
    return;
  }
  const association = {
    EventType: event.on,
    LambdaFunctionARN: ref(version),
    ...(event.includeBody && { IncludeBody: true }),
  };
  const added = (behaviour: Map): Map => ({
    ...behaviour,
    LambdaFunctionAssociations: [...asList(behaviour.LambdaFunctionAssociations), association],
  });
  for (const field of refused(draft.service.functions?.[callee.name] ?? {})) {
    draft.faults.push({
      path: ['functions', callee.name, field],
      message: 'CloudFront takes no function with this',
      next: 'Remove it, or the event.',
    });
  }
  let found = false;
  editResource(draft, event.distribution, (properties) => {
    const config = properties.DistributionConfig;
    if (!isMap(config)) return properties;
    if (event.path === undefined) {
      found = isMap(config.DefaultCacheBehavior);
      const behaviour = isMap(config.DefaultCacheBehavior) ? config.DefaultCacheBehavior : {};
      return { ...properties, DistributionConfig: { ...config, DefaultCacheBehavior: added(behaviour) } };
    }
    const behaviours = asList(config.CacheBehaviors).map((each) => {
      if (!isMap(each) || each.PathPattern !== event.path) return each;
      found = true;
      return added(each);
    });
    return { ...properties, DistributionConfig: { ...config, CacheBehaviors: behaviours } };
  });
  if (!found) {
    draft.faults.push({
      path: [...path, event.path === undefined ? 'distribution' : 'path'],
      message: `the distribution ${event.distribution} has no cache behaviour ${event.path ?? 'by default'}`,
      next: `Add it to resources.${event.distribution}.`,
    });
  }
};

/** Source: CloudFront Developer Guide, "Restrictions on Lambda@Edge". */
const REFUSED = [
  'deadLetter',
  'environment',
  'ephemeralStorage',
  'fileSystems',
  'kmsKey',
  'layers',
  'snapStart',
  'tracing',
  'vpc',
] as const;

function refused(fn: FunctionDefinition): string[] {
  return [
    ...REFUSED.filter((field) => fn[field] !== undefined && fn[field] !== false),
    ...(fn.architecture === 'arm64' ? ['architecture'] : []),
    ...(fn.build?.kind === 'image' ? ['build'] : []),
  ];
}
