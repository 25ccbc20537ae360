import type { JsonObject, Template } from '../template/types.ts';

/** A stack to draw, as CloudFormation gets it once transforms are done and conditions are decided (an effective template). */
export interface PictureSource {
  readonly template: Template;
  /** What resources are called in their author's code, by logical ID: `Orders/Table`. */
  readonly names: Readonly<Record<string, string>>;
  /** Bytes of what functions and layers are made of, by logical ID. */
  readonly codeSizes: Readonly<Record<string, number>>;
  /** Nested stacks whose template is known, by the logical ID of their resource. */
  readonly children: ReadonlyMap<string, PictureSource>;
}

/** What becomes of something that is drawn; the words of the table of changes, without those that mean the same here. */
export type PictureChange = 'added' | 'changed' | 'replaced' | 'removed';

/** What a node is, for its shape and its place in a legend. */
export type NodeKind = (typeof NODE_KINDS)[number];
export const NODE_KINDS = [
  'function',
  'api',
  'table',
  'queue',
  'topic',
  'stream',
  'bucket',
  'bus',
  'rule',
  'schedule',
  'state machine',
  'custom resource',
  'nested stack',
  'outside',
  'other',
] as const;

/** Something that is drawn: a resource with those that only serve it, or something outside of the stack. */
export interface PictureNode {
  /** The logical ID, of nested stacks `<logical ID of the stack>.<logical ID>`; `outside:...` for what is outside. */
  readonly id: string;
  readonly kind: NodeKind;
  /** As CloudFormation has it; empty for what is outside. */
  readonly type: string;
  readonly name: string;
  /** Groups that it is in, from outer to inner: nested stacks, then constructs. */
  readonly path: readonly string[];
  /** `nodejs24.x`, `256 MB`; of an API its routes. */
  readonly details: readonly string[];
  /** Logical IDs of all resources that it stands for, its own first: roles, permissions, versions. */
  readonly parts: readonly string[];
  readonly change?: PictureChange;
}

/** An arrow: what an event, a permission or a value goes to. There is one of each kind between two nodes. */
export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  /** `event`: it triggers or calls; `permission`: it may use; `use`: it knows the other's name or ARN. */
  readonly kind: 'event' | 'permission' | 'use';
  /** `GET /orders`, `may read and write`; may be empty. */
  readonly label: string;
  readonly change?: PictureChange;
}

/** A service in one picture. */
export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** Resources that do nothing, and are not drawn. */
  readonly left: readonly string[];
}

/** A resource of a stack or of one in it. */
export interface DrawnResource {
  /** See {@link PictureNode.id}. */
  readonly key: string;
  readonly id: string;
  readonly type: string;
  /** What its values come to. */
  readonly properties: JsonObject;
  /** As their author wrote them: what is shown of a resource tells no values of parameters. */
  readonly written: JsonObject;
  /** Both at once, as they stand in the template. */
  readonly both: JsonObject;
}
