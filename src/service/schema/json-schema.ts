import type { Json, JsonObject } from '../../template/types.ts';
import type { Kind, ObjectKind } from './kinds.ts';

/** Doc comments of interfaces: `descriptions.Service.name`. */
export type Descriptions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * The schema as a JSON Schema (draft-07, which editors know best) of what YAML and JSON can say: functions are left out.
 *
 * @param title what it is the schema of
 * @param code what stands for functions instead, in a schema for people
 */
export function jsonSchema(
  root: ObjectKind,
  title: string,
  { descriptions, code }: { readonly descriptions: Descriptions; readonly code?: JsonObject },
): JsonObject {
  const definitions: Record<string, JsonObject> = {};

  const reference = (kind: ObjectKind): JsonObject => {
    if (!Object.hasOwn(definitions, kind.name)) {
      definitions[kind.name] = {};
      definitions[kind.name] = objectSchema(kind);
    }
    return { $ref: `#/definitions/${kind.name}` };
  };

  const objectSchema = ({ name, fields }: ObjectKind): JsonObject => {
    const described = Object.entries(fields).flatMap(([field, { of }]) => {
      const schema = convert(of);
      const description = descriptions[name]?.[field];
      // Beside a $ref nothing counts in draft-07.
      const kept = schema && description && schema.$ref ? { allOf: [schema] } : schema;
      return kept ? [[field, { ...(description && { description }), ...kept }] as const] : [];
    });
    const required = Object.keys(fields).filter((field) => fields[field]?.required);
    return {
      type: 'object',
      ...(required.length > 0 && { required }),
      additionalProperties: false,
      properties: Object.fromEntries(described),
    };
  };

  /** `undefined`: nothing that JSON can say. */
  const convert = (kind: Kind): JsonObject | undefined => {
    switch (kind.kind) {
      case 'text':
        return {
          type: 'string',
          ...(kind.pattern && { pattern: kind.pattern.source }),
          ...(kind.max !== undefined && { maxLength: kind.max }),
        };
      case 'number':
        return {
          type: kind.whole ? 'integer' : 'number',
          ...(kind.min !== undefined && { minimum: kind.min }),
          ...(kind.max !== undefined && { maximum: kind.max }),
        };
      case 'choice':
        return kind.values.length === 1 ? { const: kind.values[0] as Json } : { enum: [...kind.values] };
      case 'boolean':
        return { type: 'boolean' };
      case 'data':
        return {};
      case 'code':
        return code;
      case 'intrinsic':
        return {
          type: 'object',
          minProperties: 1,
          maxProperties: 1,
          additionalProperties: false,
          patternProperties: { '^(Ref|Fn::.*)$': {} },
        };
      case 'list': {
        const items = convert(kind.of);
        return (
          items && {
            type: 'array',
            items,
            ...(kind.min > 0 && { minItems: kind.min }),
            ...(kind.max !== undefined && { maxItems: kind.max }),
          }
        );
      }
      case 'map': {
        const values = convert(kind.of);
        return (
          values && {
            type: 'object',
            additionalProperties: values,
            ...(kind.keys && { propertyNames: { pattern: kind.keys.pattern.source } }),
          }
        );
      }
      case 'object':
        return reference(kind);
      case 'tagged':
        return { oneOf: Object.values(kind.of).map(reference) };
      case 'either': {
        const of = kind.of.map(convert).filter((each) => each !== undefined);
        return of.length === 1 ? of[0] : { anyOf: of };
      }
    }
  };

  const schema = objectSchema(root);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    ...schema,
    properties: { $schema: { type: 'string' }, ...(schema.properties as JsonObject) },
    definitions: Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
