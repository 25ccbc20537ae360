import type { Place, Problem } from '../problem.ts';
import type { Json, Template, TemplatePath } from './types.ts';

/**
 * A template with its text: what it says as data, and where it says it.
 * The author's own text is what gets deployed, except for the values that have to be replaced.
 */
export interface TemplateDocument {
  /** Path for people, relative to the workspace. */
  readonly file: string;
  readonly format: 'yaml' | 'json';
  readonly text: string;
  readonly template: Template;
  /** The text was written by us: places are those of what it was made from. */
  readonly generated?: true;
  /** What was read as CloudFormation reads it, but can hardly be meant: keys that stand in a map twice. */
  readonly warnings?: readonly Problem[];
  /** Where the value (or, failing that, the nearest ancestor that exists) stands in the text. */
  locate(path: TemplatePath): Place;
}

/** Sets the value at `path`; maps on the way are made when they are missing. `undefined` removes the key. */
export interface TemplateEdit {
  readonly path: TemplatePath;
  readonly value: Json | undefined;
}
