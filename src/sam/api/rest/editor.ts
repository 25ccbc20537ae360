import type { Json } from '../../../template/types.ts';
import type { Definition } from '../document/definition.ts';
import { bytes, isTrue, PyMap, type PyValue, textOf } from '../document/python-map.ts';

const OPENAPI_3 = /^3(\.\d)(\.\d)?$/;

/** Whether a version is one of OpenAPI 3; a number lost the zero behind its point. */
export const isOpenApi3 = (version: Json | undefined): boolean =>
  OPENAPI_3.test(typeof version === 'number' && Number.isInteger(version) ? `${version}.0` : String(version));

/** The version of OpenAPI that a definition says it is in. */
export function openApiVersion(root: PyMap): Json | undefined {
  const version = root.get('openapi');
  return textOf(version) ?? (typeof version === 'number' ? version : version === null ? null : undefined);
}

/** Whether a definition can be edited as Swagger or OpenAPI 3. */
export const isEditableDefinition = ({ root }: Definition): boolean =>
  root.get('paths') instanceof PyMap &&
  (isTrue(root.get('swagger')) || (isTrue(root.get('openapi')) && isOpenApi3(openApiVersion(root))));

/** Sections that are written back when an edit ends, in this order. */
const SECTIONS = {
  security: 'securityDefinitions',
  gatewayResponses: 'x-amazon-apigateway-gateway-responses',
  models: 'definitions',
} as const;

type Section = keyof typeof SECTIONS;

/**
 * One edit of the definition of a REST API. The reference copies a definition before and after each, which the order of
 * its keys depends on: begin and {@link end} count these copies.
 */
export class RestEdit {
  readonly definition: Definition;
  readonly #sections: Partial<Record<Section, PyValue>> = {};

  constructor(definition: Definition) {
    if (!isEditableDefinition(definition))
      definition.refuse(
        [],
        'a definition of an API needs paths, and swagger or openapi with its version; only then can SAM edit it',
      );
    definition.copied();
    definition.check();
    this.definition = definition;
  }

  /** A section as it stands, or else an empty one; it counts once it is not empty. */
  section(name: Section): PyMap {
    const found = this.#sections[name] ?? this.#existing(name);
    this.#sections[name] = found;
    return found instanceof PyMap
      ? found
      : this.definition.refuse([SECTIONS[name]], `${SECTIONS[name]} has to be a map`);
  }

  /** Ends the edit. */
  end(): void {
    const { root } = this.definition;
    for (const name of Object.keys(SECTIONS) as Section[]) {
      const section = this.#sections[name];
      if (section !== undefined && isTrue(section)) root.set(bytes(SECTIONS[name]), section);
    }
    this.definition.copied();
  }

  #existing(name: Section): PyValue {
    const found = this.definition.root.get(SECTIONS[name]);
    return isTrue(found) ? found : this.definition.map();
  }
}
