import type { Data, Intrinsic, Value } from '../values.ts';

/** What a value of a definition may be. The validator and the JSON Schema are both read from this. */
export type Kind =
  | { readonly kind: 'text'; readonly pattern?: RegExp; readonly accepts?: string; readonly max?: number }
  | { readonly kind: 'number'; readonly whole: boolean; readonly min?: number; readonly max?: number }
  | { readonly kind: 'choice'; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'list'; readonly of: Kind; readonly min: number; readonly max?: number }
  | { readonly kind: 'map'; readonly of: Kind; readonly keys?: Keys }
  | { readonly kind: 'object'; readonly name: string; readonly fields: Readonly<Record<string, Field>> }
  | { readonly kind: 'intrinsic' }
  | { readonly kind: 'data' }
  /** A function: in TypeScript and JavaScript only. */
  | { readonly kind: 'code' }
  /** Alternatives that are told apart by what they are: text, number, list, map, ... */
  | { readonly kind: 'either'; readonly of: readonly Kind[] }
  /** Objects that are told apart by their field `kind`. */
  | { readonly kind: 'tagged'; readonly of: Readonly<Record<string, ObjectKind>> };

export type ObjectKind = Extract<Kind, { kind: 'object' }>;

/** What the names of a map look like. */
export interface Keys {
  readonly pattern: RegExp;
  readonly accepts: string;
}

export interface Field {
  readonly of: Kind;
  readonly required: boolean;
}

/** A kind of exactly the values of a type: neither a narrower nor a wider one is assignable. */
export type Schema<Type, Shape extends Kind = Kind> = Shape & { readonly type?: (value: Type) => Type };

export interface OptionalField<Type> extends Field {
  readonly required: false;
  readonly type?: (value: Type) => Type;
}
interface RequiredField<Type> extends Field {
  readonly required: true;
  readonly type?: (value: Type) => Type;
}

/** A field for each property of a type, as optional or required as it is there. */
type FieldsOf<Type> = {
  readonly [Name in keyof Type]-?: undefined extends Type[Name]
    ? OptionalField<Exclude<Type[Name], undefined>>
    : RequiredField<Type[Name]>;
};

export const text = (limits: { pattern?: RegExp; accepts?: string; max?: number } = {}): Schema<string> => ({
  kind: 'text',
  ...limits,
});
export const whole = (min: number, max?: number): Schema<number> => ({
  kind: 'number',
  whole: true,
  min,
  ...(max !== undefined && { max }),
});
export const number = (limits: { min?: number; max?: number } = {}): Schema<number> => ({
  kind: 'number',
  whole: false,
  ...limits,
});
export const boolean: Schema<boolean> = { kind: 'boolean' };
export const data: Schema<Data> = { kind: 'data' };
export const intrinsic: Schema<Intrinsic> = { kind: 'intrinsic' };
export const code = <Type>(): Schema<Type> => ({ kind: 'code' });
export const choice = <const Values extends readonly (string | number | boolean)[]>(
  ...values: Values
): Schema<Values[number]> => ({ kind: 'choice', values });
export const list = <Type>(
  of: Schema<Type>,
  { min = 0, max }: { min?: number; max?: number } = {},
): Schema<readonly Type[]> => ({ kind: 'list', of, min, ...(max !== undefined && { max }) });
export const map = <Type>(of: Schema<Type>, keys?: Keys): Schema<Readonly<Record<string, Type>>> => ({
  kind: 'map',
  of,
  ...(keys && { keys }),
});
export const either = <const Of extends readonly Kind[]>(
  ...of: Of
): Schema<{ [Index in keyof Of]: Of[Index] extends Schema<infer Type> ? Type : never }[number]> => ({
  kind: 'either',
  of,
});
export const value = <Type>(of: Schema<Type>): Schema<Value<Type>> => ({
  kind: 'either',
  of: [of, intrinsic],
});

export const required = <Type>(of: Schema<Type>): RequiredField<Type> => ({ of, required: true });
export const optional = <Type>(of: Schema<Type>): OptionalField<Type> => ({ of, required: false });

/**
 * The schema of an interface. That it says the same as the interface is checked when it is compiled: each property
 * must be there, none besides, each optional or required and of the very type that it has there.
 *
 * @param name the interface's, whose doc comments describe the fields
 */
export const object = <Type>(name: string, fields: FieldsOf<Type>): Schema<Type, ObjectKind> => ({
  kind: 'object',
  name,
  fields: fields as Readonly<Record<string, Field>>,
});

/** Interfaces that differ in their field `kind`; all of the union must be there. */
export const tagged = <Union extends { readonly kind: string }>(
  of: {
    readonly [Tag in Union['kind']]: Schema<Extract<Union, { readonly kind: Tag }>, ObjectKind>;
  },
): Schema<Union> => ({ kind: 'tagged', of: of as Readonly<Record<string, ObjectKind>> });
