import type { TemplateDocument } from '../document.ts';
import {
  type Expansion,
  expansionOf,
  type Functions,
  functionsIn,
  LANGUAGE_EXTENSIONS,
  SAM,
  transformsOf,
} from '../transforms.ts';
import type { Template } from '../types.ts';

/** A template, and what decides how far it can be judged. */
export interface Judged {
  readonly template: Template;
  readonly locate: TemplateDocument['locate'];
  readonly functions: Functions;
  readonly expansion: Expansion;
  /** The language extensions compute what otherwise has to be written out, and leave out what is null. */
  readonly isExtended: boolean;
  /** Nothing but resources is rewritten, by transforms that are known to leave the rest alone. */
  readonly isAsWritten: boolean;
}

export function judged({ template, locate }: TemplateDocument): Judged {
  const functions = functionsIn(template);
  const transforms = transformsOf(template);
  const expansion = expansionOf(template, functions);
  return {
    template,
    locate,
    functions,
    expansion,
    isExtended: transforms.includes(LANGUAGE_EXTENSIONS),
    isAsWritten:
      expansion !== 'anything' && transforms.every((each) => each === SAM || each === LANGUAGE_EXTENSIONS),
  };
}
