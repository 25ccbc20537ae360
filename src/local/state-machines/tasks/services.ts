import type { Json } from '../../../template/types.ts';

/** A call of a service that a Task makes. */
export interface ServiceCall {
  /** `lambda`, `sqs`, `states`, `aws-sdk:dynamodb`, ... */
  readonly service: string;
  /** `invoke`, `sendMessage`, ... */
  readonly action: string;
  readonly parameters: Json;
  /** The machine and execution that call. */
  readonly caller: Caller;
  readonly signal: AbortSignal;
}

/** What a function that a Task names directly answers. */
export interface FunctionCall {
  /** Name, ARN, with or without a qualifier. */
  readonly reference: string;
  readonly payload: Json;
  readonly caller: Caller;
  readonly signal: AbortSignal;
}

/** Who calls. */
export interface Caller {
  readonly machineName: string;
  readonly executionArn: string;
  readonly traceId: string;
  readonly region: string;
  readonly account: string;
}

/** What Tasks reach. */
export interface Services {
  /** @throws StateFailure */
  invoke(call: FunctionCall): Promise<Json>;
  /** @throws StateFailure */
  call(call: ServiceCall): Promise<Json>;
  /** Whether a machine that a Task started is over, and how. @throws StateFailure where there is no such execution */
  finished(executionArn: string, signal: AbortSignal): Promise<NestedEnd>;
  /** Items of a distributed Map. @throws StateFailure States.ItemReaderFailed */
  readItems(reader: ItemSource): Promise<Buffer | Json>;
  /** An activity: somebody asks for it, and answers with the token. */
  activity(arn: string, task: { readonly token: string; readonly input: string }): ActivityTask | undefined;
}

/** Something that a worker has to fetch. */
export interface ActivityTask {
  /** Resolves with the worker's name once one has fetched it. */
  readonly taken: Promise<string | undefined>;
  drop(): void;
}

/** Where the items of a distributed Map come from. */
export interface ItemSource {
  /** `arn:aws:states:::s3:getObject`, ... */
  readonly resource: string;
  readonly bucket: string;
  readonly key: string;
  readonly prefix: string;
}

/** The end of an execution, as `startExecution.sync` hands it on. */
export interface NestedEnd {
  readonly succeeded: boolean;
  readonly description: Json;
}
