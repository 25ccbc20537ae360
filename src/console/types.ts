import type { Json } from '../template/types.ts';

/** What happens in a service, as the page is told. Times are milliseconds since the epoch. */
export type ConsoleEvent = Began | LogWritten | CallEnded | Profiled | Moved;

export interface Began {
  readonly kind: 'began';
  readonly id: string;
  readonly at: number;
  /** A function's logical ID, or `GET /orders` of a request. */
  readonly to: string;
  readonly event: string;
  /** What led to it: `GET /orders`, `queue Orders`; nothing where the page itself sent it. */
  readonly cause?: string;
  /** What all that one cause led to has in common: the root of its X-Ray trace. */
  readonly trace?: string;
  /** The id of the execution of a durable function that this call is a part of: its event is the execution's own. */
  readonly within?: string;
}

export interface LogWritten {
  readonly kind: 'log';
  readonly id: string;
  readonly text: string;
}

export interface CallEnded {
  readonly kind: 'ended';
  readonly id: string;
  readonly at: number;
  /** `arrived`, `noted`: nothing ran, a message came or an event source told something. */
  readonly status: 'success' | 'error' | 'timeout' | 'throttled' | 'refused' | 'arrived' | 'noted';
  readonly response: string;
  /** All that it wrote, where what came before was not all. */
  readonly logs?: string;
  /** Of a request. */
  readonly statusCode?: number;
  /** Where no numbers are known: milliseconds as seen from here. */
  readonly tookMs?: number;
  readonly error?: { readonly type: string; readonly message: string };
  readonly numbers?: Numbers;
}

export interface Profiled {
  readonly kind: 'profiled';
  readonly id: string;
  readonly profile: InvocationProfile;
}

/** How far an execution of a state machine or a durable function has come. */
export interface Moved {
  readonly kind: 'moved';
  readonly id: string;
  readonly execution: ExecutionProgress;
}

/** States or operations of an execution, and its events; where there are many, the newest. */
export interface ExecutionProgress {
  readonly parts: 'states' | 'operations';
  readonly title: string;
  readonly rows: readonly {
    readonly depth: number;
    readonly name: string;
    readonly what: string;
    readonly status: string;
    readonly after: string;
    readonly took: string;
    readonly note: string;
  }[];
  readonly events: readonly {
    readonly id: number;
    readonly previous?: number;
    readonly type: string;
    readonly name: string;
    readonly after: string;
  }[];
  readonly entered: readonly string[];
  readonly open: readonly string[];
  readonly failed: readonly string[];
  /** Names of two states, with a tab between. */
  readonly steps: readonly string[];
}

/** The numbers of a REPORT line. */
export interface Numbers {
  readonly durationMs: number;
  readonly billedMs: number;
  readonly memoryMb: number;
  readonly usedMb: number;
  /** Of a cold start only. */
  readonly initMs?: number;
}

/** Where the CPU time of an invocation went. */
export interface InvocationProfile {
  /** Nothing where nothing was measured. */
  readonly calls?: CallTree;
  /** How exact it is, or why there is nothing to see. */
  readonly notes: readonly string[];
}

/** Calls with what they called. Times are microseconds. */
export interface CallTree {
  readonly name: string;
  readonly place: string;
  readonly self: number;
  readonly total: number;
  readonly children: readonly CallTree[];
}

/** What a page can send to. */
export interface CallTarget {
  /** What {@link Began.to} says. */
  readonly id: string;
  readonly kind: 'function' | 'route' | 'message' | 'machine';
  /** `nodejs24.x · 256 MB · 10 s`, the function behind a route, or what takes messages. */
  readonly about: string;
  /** Any text can be sent, not JSON alone. */
  readonly takesText?: boolean;
  readonly canProfile: boolean;
  /** Why not, where somebody may expect it. */
  readonly whyNoProfile?: string;
  /** It keeps tenants apart: each call names one. */
  readonly wantsTenant: boolean;
}

/** An event of a file, or the one that a smoke test sends. */
export interface EventFile {
  readonly file: string;
  /** Where the file says it. */
  readonly function?: string;
  readonly event: string;
}

/** What is sent to a function, a state machine, or what takes messages. */
export interface Call {
  readonly to: string;
  /** JSON, but for what takes any text. */
  readonly event: string;
  readonly profile: boolean;
  readonly tenant?: string;
}

/** What is sent to a route. */
export interface RouteCall {
  readonly to: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A smoke test that the page wants to be kept. */
export interface TestToSave {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly function: string;
  readonly payload: Json;
  readonly expect: Json;
  readonly tenant?: string;
}

/** The picture of a service as a part of a page. */
export interface Drawing {
  readonly html: string;
  readonly style: string;
  readonly script: string;
}

/** A number of a function in AWS, over the last hours. */
export interface Metric {
  readonly function: string;
  readonly name: string;
  readonly unit: string;
  /** Oldest first. */
  readonly values: readonly number[];
}

export type Tell = (happening: ConsoleEvent) => void;

/** A service that a page shows and calls: here, or deployed. */
export interface ConsoleService {
  readonly title: string;
  /** `here`, or `deployed in eu-west-1`. */
  readonly place: string;
  readonly targets: readonly CallTarget[];
  /** Event sources that examples can be made of. */
  readonly examples: readonly string[];
  /** @throws ProblemError when the source is not known */
  example(source: string): Promise<Json>;
  files(): Promise<readonly EventFile[]>;
  draw(): Promise<Drawing>;
  /** A state machine as SVG: `data-state` and `data-step` say what is what. Nothing where there is none of that id. */
  readonly drawMachine?: (id: string) => Promise<string | undefined>;
  /** Starts it, and tells of it. @returns its id @throws ProblemError when there is no such function */
  call(call: Call, tell: Tell): string;
  /** Where the service has routes that are served. */
  readonly request?: (call: RouteCall, tell: Tell) => string;
  /** Writes a file. @returns its name @throws ProblemError when it is there already, or the name is none */
  readonly save?: (test: TestToSave) => Promise<string>;
  /** What is measured of the functions, where something is. */
  readonly metrics?: () => Promise<readonly Metric[]>;
}
