import type { RenderedStack } from '../../assembly/render.ts';
import type { StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import type { EcrRegistry } from '../../aws/uploads/image-registry.ts';
import type { StackReport } from '../../report/model.ts';
import type { Destination } from '../upload/destination.ts';
import type { Deployed, DeployedStack } from './look-up-stack.ts';

/** A stack where it belongs, and what AWS has under its name. */
export interface FoundStack {
  /** Its destinations and roles hold no placeholders any more, as far as the account is known. */
  readonly stack: StackAssembly;
  /** `undefined` where AWS is not asked. */
  readonly aws: Aws | undefined;
  readonly deployed: Deployed;
}

/** What would be done to a stack. */
export interface StackPlan {
  /** The registry for images whose source names none. */
  readonly registry: EcrRegistry | undefined;
  readonly destination: Destination;
  /** Exactly what CloudFormation would get. */
  readonly rendered: RenderedStack;
  /** What would change. */
  readonly report: StackReport;
  /** Path of the template as it would be sent. */
  readonly template: string;
}

/** The plan for a stack that is deployed already. */
export interface StandingPlan extends Pick<StackPlan, 'rendered' | 'destination' | 'report'> {
  readonly stack: StackAssembly;
  readonly aws: Aws;
  readonly deployed: DeployedStack;
}
