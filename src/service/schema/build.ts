import type {
  BuildDefinition,
  CommandBuildDefinition,
  GoBuildDefinition,
  ImageDefinition,
  NodeBuildDefinition,
  PrebuiltDefinition,
  PythonBuildDefinition,
} from '../build-types.ts';
import * as s from './kinds.ts';

const optionalText = () => s.optional(s.text());
const texts = () => s.optional(s.list(s.text()));
const textMap = () => s.optional(s.map(s.text()));

/** Each kind of build by its name. */
export const codeBuilds = {
  go: s.object<GoBuildDefinition>('GoBuildDefinition', {
    kind: s.required(s.choice('go')),
    directory: optionalText(),
    package: optionalText(),
    tags: texts(),
    ldflags: optionalText(),
    generate: s.optional(s.boolean),
    environment: textMap(),
  }),
  node: s.object<NodeBuildDefinition>('NodeBuildDefinition', {
    kind: s.required(s.choice('node')),
    directory: optionalText(),
    format: s.optional(s.choice('esm', 'cjs')),
    minify: s.optional(s.boolean),
    sourceMap: s.optional(s.boolean),
    externalAwsSdk: s.optional(s.boolean),
    external: texts(),
  }),
  python: s.object<PythonBuildDefinition>('PythonBuildDefinition', {
    kind: s.required(s.choice('python')),
    directory: optionalText(),
    requirements: s.optional(s.either(s.text(), s.choice(false))),
  }),
  command: s.object<CommandBuildDefinition>('CommandBuildDefinition', {
    kind: s.required(s.choice('command')),
    command: s.required(s.text()),
    output: s.required(s.text()),
    inputs: s.optional(s.list(s.text(), { min: 1 })),
    directory: optionalText(),
    environment: textMap(),
  }),
  prebuilt: s.object<PrebuiltDefinition>('PrebuiltDefinition', {
    kind: s.required(s.choice('prebuilt')),
    path: s.required(s.text()),
  }),
  image: s.object<ImageDefinition>('ImageDefinition', {
    kind: s.required(s.choice('image')),
    directory: s.required(s.text()),
    dockerfile: optionalText(),
    target: optionalText(),
    args: textMap(),
    labels: textMap(),
    command: texts(),
    entryPoint: texts(),
    workingDirectory: optionalText(),
  }),
};

export const build = s.tagged<BuildDefinition>(codeBuilds);
