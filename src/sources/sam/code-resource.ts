import type { Place } from '../../problem.ts';
import type { TemplateDocument } from '../../template/document.ts';
import {
  isObject,
  type Json,
  type JsonObject,
  scalarText,
  type Template,
  type TemplatePath,
} from '../../template/types.ts';
import { mergedProperties } from '../../template/values/globals.ts';

/** A function or layer, with all that says how its code is made. */
export interface CodeResource {
  readonly id: string;
  readonly type: string;
  /** With those of `Globals`. */
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  /** Where messages point to. */
  readonly place: (...path: readonly string[]) => Place;
  readonly template: Template;
}

/**
 * @param at the path of the resource in the document
 */
export const codeResource = (
  { template, locate }: TemplateDocument,
  { id, resource, at }: { readonly id: string; readonly resource: JsonObject; readonly at: TemplatePath },
): CodeResource => ({
  id,
  type: scalarText(resource.Type),
  properties: mergedProperties(template, resource),
  metadata: mapOf(resource.Metadata),
  place: (...path) => locate([...at, ...path]),
  template,
});

export const mapOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
