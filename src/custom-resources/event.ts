/** What CloudFormation sends. Source: CloudFormation User Guide, "Custom resource request types". */
export interface LifecycleEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly RequestId: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly ResourceType: string;
  /** Presigned: whoever has it can answer, so it is never logged. */
  readonly ResponseURL: string;
  readonly PhysicalResourceId?: string;
  /** Numbers and booleans arrive as text. */
  readonly ResourceProperties: Readonly<Record<string, unknown>>;
  readonly OldResourceProperties?: Readonly<Record<string, unknown>>;
}

/** What CloudFormation is answered with. */
export interface LifecycleAnswer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

/** The part of Lambda's context that counts here. */
export interface LambdaContext {
  readonly logStreamName?: string;
  getRemainingTimeInMillis(): number;
}

/**
 * A kind of custom resource: what there is to do about one request's properties.
 *
 * @throws Error that names each property that is missing or wrong
 */
export type CustomResource = (event: LifecycleEvent) => ResourceWork;

/** Both say what shall be, so that either may run again: CloudFormation repeats requests, and answers get lost. */
export interface ResourceWork {
  /**
   * What is managed. When an update changes it, CloudFormation has what the old one names removed, with the old
   * properties.
   */
  readonly identity: string;
  /** Creates or updates; returns attributes for `Fn::GetAtt`. */
  put(): Promise<Readonly<Record<string, string>>>;
  /** Removes what `put` made; all right when it, or what it is part of, is gone already. */
  remove(): Promise<void>;
}

/** Account of the stack: `arn:aws:cloudformation:<region>:<account>:stack/<name>/<uuid>`. */
export const accountOf = (event: LifecycleEvent): string => event.StackId.split(':')[4] ?? '';

/** Name of the stack. */
export const stackNameOf = (event: LifecycleEvent): string => event.StackId.split('/')[1] ?? event.StackId;
