import { WEB_RUNTIMES } from '../../runtimes.ts';
import type { CommandBuildDefinition, NodeBuildDefinition, PrebuiltDefinition } from '../build-types.ts';
import type { WebFunctionDefinition, WebLoggingDefinition } from '../web-types.ts';
import { codeBuilds } from './build.ts';
import { retention } from './function.ts';
import * as s from './kinds.ts';
import { role } from './role.ts';
import { tags } from './tags.ts';

// Limits: Lambda Web API reference, 2025-03-07, and the resource schemas of AWS::Lambda::WebFunction*.

/** Source: Lambda developer guide, "Environment variables" of web functions: what begins so is Lambda's. */
const ENVIRONMENT_NAME = {
  pattern: /^(?!AWS_LAMBDA_)[a-zA-Z][a-zA-Z0-9_]*$/,
  accepts: 'letters, digits and underscores, the first a letter, and no name that begins with AWS_LAMBDA_',
};
const NAME = {
  pattern: /^[a-zA-Z0-9]([a-zA-Z0-9_-]{0,62}[a-zA-Z0-9])?$/,
  accepts: 'up to 64 letters, digits, - and _, a letter or digit at both ends',
};

const value = s.optional(s.value(s.text()));

const logging = s.object<WebLoggingDefinition>('WebLoggingDefinition', {
  applicationLevel: s.optional(s.choice('TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL')),
  systemLevel: s.optional(s.choice('DEBUG', 'INFO', 'WARN')),
  retention,
  group: value,
  kmsKey: value,
});

export const webFunction = s.object<WebFunctionDefinition>('WebFunctionDefinition', {
  entry: s.required(s.text({ pattern: /^\S.*$/, accepts: 'a file, such as src/server.ts' })),
  auth: s.required(s.choice('iam', 'application')),
  description: s.optional(s.text({ max: 256 })),
  build: s.optional(
    s.tagged<NodeBuildDefinition | CommandBuildDefinition | PrebuiltDefinition>({
      node: codeBuilds.node,
      command: codeBuilds.command,
      prebuilt: codeBuilds.prebuilt,
    }),
  ),
  runtime: s.optional(s.choice(...WEB_RUNTIMES)),
  timeout: s.optional(s.whole(3, 900)),
  concurrency: s.optional(s.whole(1, 128)),
  environment: s.optional(
    s.map(
      s.value(
        s.either(
          s.text({ pattern: /^.{1,4096}$/s, accepts: 'text of 1 to 4096 characters' }),
          s.number(),
          s.boolean,
        ),
      ),
      ENVIRONMENT_NAME,
    ),
  ),
  role: s.optional(s.either(s.text(), s.intrinsic, role)),
  endpoint: s.optional(s.text(NAME)),
  maxEnvironments: s.optional(s.whole(2, 10_000)),
  rateLimit: s.optional(
    s.choice(
      ...([0, 100, 200, 300, 400, 500, 600, 700, 800, 900] as const),
      ...([1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10_000] as const),
    ),
  ),
  logging: s.optional(logging),
  networkConnector: value,
  kmsKey: value,
  dependsOn: s.optional(s.list(s.text())),
  functionName: value,
  tags: s.optional(tags),
});
