import type { IamChange, LostProtection } from '../iam/types.ts';
import type { Json, JsonObject } from '../types.ts';
import type { CodeChange } from './code.ts';
import type { Impact } from './impact.ts';
import type { ValueChange } from './values.ts';

/** What changes between two templates, by meaning. */
export interface TemplateDiff {
  /** Sorted by logical ID. */
  readonly resources: readonly ResourceDiff[];
  readonly outputs: readonly EntryDiff[];
  readonly parameters: readonly EntryDiff[];
  /** Conditions, mappings, transforms and the like. */
  readonly other: readonly EntryDiff[];
  readonly iam: readonly IamChange[];
}

export type ResourceDiff = AddedResource | RemovedResource | ChangedResource;

interface ResourceIdentity {
  readonly logicalId: string;
  readonly type: string;
}

export interface AddedResource extends ResourceIdentity {
  readonly kind: 'added';
  readonly properties: JsonObject;
  /** The logical ID of a removed resource that was exactly like this one. */
  readonly renamedFrom?: string;
  /** It exists already, and becomes the stack's as it is. */
  readonly imported?: true;
  /** The logical ID that the very same thing had before: it goes on under this one. */
  readonly movedFrom?: string;
  /** The property by which it has the name of a removed resource, which is there until this one has been made. */
  readonly takenName?: { readonly property: string; readonly from: string };
}

export interface RemovedResource extends ResourceIdentity {
  readonly kind: 'removed';
  /** `true`: its data would be lost; not so where something is kept. */
  readonly losesData: boolean;
  /** What DeletionPolicy leaves in the account, outside of the stack. */
  readonly kept: 'resource' | 'snapshot' | 'nothing';
  /** What it protected as a whole. */
  readonly lostProtections?: readonly LostProtection[];
}

export interface ChangedResource extends ResourceIdentity {
  readonly kind: 'changed';
  /** The worst of all its changes. */
  readonly impact: Impact;
  readonly changes: readonly ValueChange[];
  /** New content of what is packaged; its locations are not listed as changes. */
  readonly code: CodeChange | undefined;
  /** Replacing it would lose its data. */
  readonly losesData: boolean;
  /** The property by which the new resource would have the name of the old one; AWS refuses such a replacement. */
  readonly keptName?: string;
  /** It was to be replaced, or might have been, and was not. */
  readonly notReplaced?: true;
  /** What no longer protects it, or not as well. */
  readonly lostProtections?: readonly LostProtection[];
}

/** An output, parameter or other entry; of sections such as `Globals` the one value that differs (`Function.Timeout`). */
export interface EntryDiff {
  readonly section: string;
  readonly name: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** The reason, where both sides are written the same; the sides are left out then. */
  readonly cause?: string;
}

/** No difference. */
export const NOTHING: TemplateDiff = { resources: [], outputs: [], parameters: [], other: [], iam: [] };
