var __defProp = Object.defineProperty;
var __name = (target, value) => __defProp(target, "name", { value, configurable: true });

// lib/targets/definition.js
function defineTargets(definition) {
  return definition;
}
__name(defineTargets, "defineTargets");

// lib/problem.js
var ProblemError = class extends Error {
  static {
    __name(this, "ProblemError");
  }
  name = "ProblemError";
  problems;
  constructor(problems, options) {
    const list = "message" in problems ? [problems] : problems;
    super(list.map(problemLine).join("\n"), options);
    this.problems = list;
  }
};
function placeText(place) {
  return [place.file, place.line, place.line === void 0 ? void 0 : place.column].filter((part) => part !== void 0).join(":");
}
__name(placeText, "placeText");
function problemLine(problem) {
  const subject = problem.subject ? `${problem.subject}: ` : "";
  const place = problem.place ? ` (${placeText(problem.place)})` : "";
  const next = problem.next ? `${/[.!?]$/.test(problem.message + place) ? "" : "."} ${problem.next}` : "";
  return `${subject}${problem.message}${place}${next}`.replace(/\s*[\r\n]\s*/g, " ");
}
__name(problemLine, "problemLine");

// lib/service/workflow.js
function task(name, options) {
  const { timeout, heartbeat } = options;
  const call = "function" in options ? {
    Resource: "arn:aws:states:::lambda:invoke",
    Parameters: {
      FunctionName: options.function,
      ...options.payload === void 0 ? { "Payload.$": "$" } : { Payload: options.payload }
    },
    OutputPath: "$.Payload"
  } : {
    Resource: `arn:aws:states:::${options.integration}`,
    ...options.parameters && { Parameters: options.parameters }
  };
  return stateOf(name, options, {
    Type: "Task",
    ...call,
    ...timeout !== void 0 && { TimeoutSeconds: timeout },
    ...heartbeat !== void 0 && { HeartbeatSeconds: heartbeat }
  });
}
__name(task, "task");
function choice(name, choices, otherwise) {
  const Choices = choices.map(({ when, next }) => ({ ...when, Next: next }));
  const state = { Type: "Choice", Choices, ...otherwise !== void 0 && { Default: otherwise } };
  return { name, state, goesOn: false };
}
__name(choice, "choice");
function wait(name, time, flow = {}) {
  const [[kind, value] = ["", ""]] = Object.entries(time);
  return stateOf(name, flow, { Type: "Wait", [WAITS[kind] ?? ""]: value });
}
__name(wait, "wait");
var WAITS = {
  seconds: "Seconds",
  secondsPath: "SecondsPath",
  until: "Timestamp",
  untilPath: "TimestampPath"
};
var pass = /* @__PURE__ */ __name((name, { result, resultPath, ...flow } = {}) => stateOf(name, flow, {
  Type: "Pass",
  ...result !== void 0 && { Result: result },
  ...resultPath !== void 0 && { ResultPath: resultPath }
}), "pass");
var parallel = /* @__PURE__ */ __name((name, branches, options = {}) => stateOf(name, options, { Type: "Parallel", Branches: branches.map((states) => scope(states)) }), "parallel");
var map = /* @__PURE__ */ __name((name, states, options = {}) => stateOf(name, options, {
  Type: "Map",
  ...options.items !== void 0 && { ItemsPath: options.items },
  ...options.concurrency !== void 0 && { MaxConcurrency: options.concurrency },
  ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, ...scope(states) }
}), "map");
var succeed = /* @__PURE__ */ __name((name) => ({ name, state: { Type: "Succeed" }, goesOn: false }), "succeed");
var fail = /* @__PURE__ */ __name((name, error, cause) => ({
  name,
  state: {
    Type: "Fail",
    ...error !== void 0 && { Error: error },
    ...cause !== void 0 && { Cause: cause }
  },
  goesOn: false
}), "fail");
function workflow(states, { comment, timeout } = {}) {
  return {
    ...comment !== void 0 && { Comment: comment },
    ...timeout !== void 0 && { TimeoutSeconds: timeout },
    ...scope(states)
  };
}
__name(workflow, "workflow");
function scope(states) {
  const problems = [];
  const made = {};
  for (const [index, { name, state, goesOn }] of states.entries()) {
    if (Object.hasOwn(made, name)) {
      problems.push({
        subject: name,
        message: "two states of the workflow have this name",
        next: "Rename one of them."
      });
    }
    const following = states[index + 1]?.name;
    made[name] = goesOn ? { ...state, ...following === void 0 ? { End: true } : { Next: following } } : state;
  }
  if (problems.length > 0)
    throw new ProblemError(problems);
  return { StartAt: states[0]?.name ?? "", States: made };
}
__name(scope, "scope");
function stateOf(name, options, state) {
  const { next, end, retry, catch: caught, fields } = options;
  return {
    name,
    goesOn: next === void 0 && !end,
    state: {
      ...state,
      ...retry && { Retry: retry.map(retrier) },
      ...caught && { Catch: caught.map(catcher) },
      ...fields,
      ...next !== void 0 && { Next: next },
      ...end && { End: true }
    }
  };
}
__name(stateOf, "stateOf");
var retrier = /* @__PURE__ */ __name(({ errors, interval, attempts, backoff, maxDelay, jitter }) => ({
  ErrorEquals: errors ?? ["States.ALL"],
  ...interval !== void 0 && { IntervalSeconds: interval },
  ...attempts !== void 0 && { MaxAttempts: attempts },
  ...backoff !== void 0 && { BackoffRate: backoff },
  ...maxDelay !== void 0 && { MaxDelaySeconds: maxDelay },
  ...jitter && { JitterStrategy: "FULL" }
}), "retrier");
var catcher = /* @__PURE__ */ __name(({ errors, next, resultPath }) => ({
  ErrorEquals: errors ?? ["States.ALL"],
  ...resultPath !== void 0 && { ResultPath: resultPath },
  Next: next
}), "catcher");

// lib/service/index.js
function defineService(definition) {
  return definition;
}
__name(defineService, "defineService");
export {
  choice,
  defineService,
  defineTargets,
  fail,
  map,
  parallel,
  pass,
  succeed,
  task,
  wait,
  workflow
};
