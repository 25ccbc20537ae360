import type { TemplatePath } from '../../template/types.ts';
import type { FunctionDefinition } from '../function-types.ts';

/** A function of a definition, and where it stands there. */
export interface CheckedFunction {
  readonly name: string;
  readonly fn: FunctionDefinition;
  readonly path: TemplatePath;
}

/** What only the disk and the calendar know. */
export interface Facts {
  /** What a path, relative to the definition, is. */
  kindOf(path: string): 'file' | 'folder' | undefined;
  /** The day, as `2026-04-30`. */
  readonly today: string;
}
