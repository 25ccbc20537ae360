import type { ApiDomain } from '../api-types.ts';
import { addDomain, addRestDomain } from '../declare/apis/domain.ts';
import { apiId } from '../declare/apis/index.ts';
import { newDraft } from '../declare/draft.ts';
import type { ServiceDecorator } from '../hook-types.ts';
import { type Added, add, output } from './add.ts';

/** A domain name of your own for an API of the service; the same as the API's field `domain`. */
export const apiDomain = (api: string, domain: ApiDomain): ServiceDecorator =>
  function apiDomain({ template, service }) {
    const definition = service.apis?.[api];
    if (!definition) throw new Error(`there is no API ${api}`);
    const id = apiId(api);
    const draft = newDraft({ name: service.name }, NO_FUNCTIONS);
    const addTo = definition.kind === 'rest' ? addRestDomain : addDomain;
    addTo({ draft, path: [], id, name: api }, domain, `${id}Stage`);
    for (const [each, resource] of draft.resources) add(template, each, resource as Added);
    const scheme = definition.kind === 'websocket' ? 'wss' : 'https';
    const address = `${scheme}://${domain.name}${domain.basePath === undefined ? '' : `/${domain.basePath}`}`;
    output(template, `${id}DomainUrl`, address, `Address of the API ${api} at its own domain`);
  };

/** Domains are not about functions. */
const NO_FUNCTIONS = {
  functionId: (name: string) => name,
  aliasId: (name: string) => name,
  versionId: () => undefined,
  roleId: () => undefined,
  logGroup: (name: string) => name,
};
