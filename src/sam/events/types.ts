import type { JsonObject, TemplatePath } from '../../template/types.ts';
import type { PropertyTable } from '../checks/property-table.ts';
import type { Build } from '../context.ts';
import type { Generated } from '../types.ts';

/** An event of a function or a state machine; property names and kinds are checked. */
export interface SamEvent {
  /** That of its owner and its own name; logical IDs of what it makes begin with it. */
  readonly logicalId: string;
  /** Its name among the events of its owner. */
  readonly name: string;
  /** The function or state machine of the author's template. */
  readonly owner: string;
  readonly type: string;
  /** May be changed; one that is `null` counts as missing. */
  readonly properties: JsonObject;
  /** Of its properties, from the root of the template. */
  readonly path: TemplatePath;
  /** The condition of the event itself, and others of its attributes. */
  readonly attributes: JsonObject;
}

/** What a function's event invokes. */
export interface FunctionTarget {
  /** The alias where the function has one, else the function. */
  readonly target: Generated;
  /** The role that SAM makes for the function, which events may add policies to; made also where the function has its own. */
  readonly role: Generated;
}

/** What a state machine's event starts. */
export interface StateMachineTarget {
  readonly target: Generated;
  readonly permissionsBoundary: JsonObject[string] | undefined;
}

/** A kind of event. Returned is what it makes; it may change resources of {@link Build.resources} (an API's definition). */
export interface EventSource<Target> {
  readonly properties: PropertyTable;
  generate(event: SamEvent, target: Target, build: Build): readonly Generated[];
}
