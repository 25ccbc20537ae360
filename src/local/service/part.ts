import type { Activity } from '../activity.ts';
import type { AwsApis } from '../aws-api/types.ts';
import type { Cause } from '../cause.ts';
import type { FunctionHost } from '../function-host.ts';
import type { MessageAttributes } from '../queues/message.ts';
import type { ServicePlan } from './plan.ts';

/** What runs of a service beside its functions: a kind of queues, of event sources. */
export interface ServicePart {
  /** For people: `queues`. */
  readonly name: string;
  /** Begins to take and to pass on events; whatever it needs of other parts is there. */
  begin(): Promise<void>;
  /** Ends timers, connections and loops. What an invocation is in the middle of is not waited for. */
  stop(): Promise<void>;
}

/** What parts know of the service that they are of. */
export interface ServiceContext {
  readonly plan: ServicePlan;
  readonly host: FunctionHost;
  readonly activity: Activity;
  /** `http://127.0.0.1:<port>`: APIs, WebSockets and AWS's APIs are all there. */
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  /** Where calls of SDK clients are answered. */
  readonly apis: AwsApis;
  readonly targets: Targets;
  /** Lets who claims a signature in where only signatures do; they are not checked. */
  readonly allowUnverifiedIam: boolean;
  /** An endpoint of somebody else, whose queues and streams are used in place of those here. */
  readonly remote: RemoteEndpoint | undefined;
  /** Of state machines. */
  readonly waits: 'real' | 'skip';
  readonly warn: (message: string) => void;
}

/** An emulator, or AWS. */
export interface RemoteEndpoint {
  /** `undefined`: AWS. */
  readonly url: string | undefined;
  /** Tables, streams and buckets of the service are made there. */
  readonly make: boolean;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** What a message or an event is sent with. */
export interface Delivery {
  readonly cause: Cause;
  /** `Root=...`, of what led to it. */
  readonly traceId?: string;
  /** Of FIFO queues and topics. */
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly subject?: string;
  readonly attributes?: MessageAttributes;
}

/** Sends to one resource of a service. Fails where the resource does not take it. */
export type Send = (arn: string, body: string, delivery: Delivery) => Promise<void>;

/** Who sends to ARNs of a service of AWS (`sqs`, `lambda`). */
export interface Targets {
  add(service: string, send: Send): void;
  /** Whether there is a resource of its kind here. */
  has(arn: string): boolean;
  /** @throws Error where nothing here has this ARN */
  send: Send;
}

export function createTargets(): Targets {
  const known = new Map<string, Send>();
  const senderOf = (arn: string): Send | undefined => known.get(arn.split(':')[2] ?? '');
  return {
    add: (service, send) => void known.set(service, send),
    has: (arn) => senderOf(arn) !== undefined,
    async send(arn, body, delivery) {
      const send = senderOf(arn);
      if (!send) throw new Error(`${arn} is not here`);
      await send(arn, body, delivery);
    },
  };
}
