import { isObject, type JsonObject } from '../../../template/types.ts';
import { refuse } from '../../problems.ts';
import { truthy } from '../../python/values.ts';

const SETTINGS = ['TruststoreUri', 'TruststoreVersion'];

/** `MutualTlsAuthentication` of a custom domain, checked. */
export function mutualTls(logicalId: string, domain: JsonObject): JsonObject | undefined {
  const settings = domain.MutualTlsAuthentication;
  if (!truthy(settings)) return undefined;
  const at = ['Domain', 'MutualTlsAuthentication'];
  const has = `it has ${SETTINGS.join(' and ')}`;
  if (!isObject(settings)) return refuse(logicalId, at, `MutualTlsAuthentication has to be a map; ${has}`);
  for (const name in settings)
    if (!SETTINGS.includes(name))
      refuse(logicalId, [...at, name], `MutualTlsAuthentication has no setting ${name}; ${has}`);
  return Object.fromEntries(
    SETTINGS.flatMap((name) => (truthy(settings[name]) ? [[name, settings[name] ?? null]] : [])),
  );
}
