/** Any JSON value, which is all that a template is once its short-form tags are written out. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
    [key: string]: Json;
}
/** Where a value stands in a template: keys and indexes from the root. */
export type TemplatePath = readonly (string | number)[];
/** A resource of a template, as its author wrote it. */
export interface Resource extends JsonObject {
    Type: string;
}
/** A CloudFormation template as data; intrinsic functions are in their long form (`{ "Fn::Sub": ... }`). */
export interface Template extends JsonObject {
    /** Entries are resources, or `Fn::ForEach::...` loops (an array) under AWS::LanguageExtensions. */
    Resources: JsonObject;
}
/** Type guard for maps: not null, not a list. */
export declare function isObject(value: unknown): value is JsonObject;
/** Own values only: `constructor` is a fine logical ID, and not what every object inherits. */
export declare const own: <Value>(map: Readonly<Record<string, Value>>, key: string) => Value | undefined;
/** Sets an entry of a map, also where its name is one that every object inherits a setter for. */
export declare function setOwn(map: JsonObject, key: string, value: Json): void;
/**
 * A map for hundreds of entries, to be finished by {@link filledMap}. Without a prototype it is a hash table from the
 * start: otherwise each new key of an object makes a hidden class for it, which costs more than what is put there.
 */
export declare const emptyMap: () => JsonObject;
/** Makes a map an object as any other. */
export declare const filledMap: (map: JsonObject) => JsonObject;
/** Text of a scalar; of anything else, where a scalar is expected, none. `String` calls what a template may have defined. */
export declare const scalarText: (value: Json | undefined) => string;
/** Whether a scalar means yes: CloudFormation reads YAML 1.1, which has more than one word for it. */
export declare const isYes: (value: Json | undefined) => boolean;
