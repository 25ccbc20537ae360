import { REGION, STAGE } from '../parse/patterns.ts';
import * as s from '../service/schema/kinds.ts';
import { tags as tagNames } from '../service/schema/tags.ts';
import type {
  MatrixCell,
  MatrixDefinition,
  MatrixInclude,
  ParametersPart,
  TargetDefinition,
  TargetSettings,
  TargetsFile,
} from './definition.ts';

/** A comment's marker names each; many more are for stack sets. */
export const MOST_TARGETS = 100;

const scalar = s.either(s.text(), s.number(), s.boolean);
const part: s.Schema<ParametersPart> = s.either(s.text(), s.map(scalar));
const keys = (tagNames as Extract<s.Kind, { kind: 'map' }>).keys;

const service = s.text();
const stage = s.text(STAGE);
const region = s.text(REGION);
const account = s.text({ pattern: /^\d{12}$/, accepts: 'an account of 12 digits, in quotes' });

const cell = {
  service: s.optional(service),
  stage: s.optional(stage),
  region: s.optional(region),
  account: s.optional(account),
};

const settings = {
  ...cell,
  roleToAssume: s.optional(s.text()),
  externalId: s.optional(s.text()),
  stackName: s.optional(s.text()),
  parameters: s.optional(s.either(s.text(), s.map(scalar), s.list(part))),
  tags: s.optional(s.map(scalar, keys)),
  needs: s.optional(s.either(s.text(), s.list(s.text()))),
  approve: s.optional(s.text()),
};

const axis = <Type>(of: s.Schema<Type>) => s.optional(s.list(of, { min: 1, max: MOST_TARGETS }));

/** One entry of the list. */
export const targetSchema = s.object<TargetDefinition>('TargetDefinition', {
  name: s.required(s.text()),
  ...settings,
});

const matrix = s.object<MatrixDefinition>('MatrixDefinition', {
  service: axis(service),
  stage: axis(stage),
  region: axis(region),
  account: axis(account),
  exclude: s.optional(s.list(s.object<MatrixCell>('MatrixCell', cell))),
  include: s.optional(
    s.list(s.object<MatrixInclude>('MatrixInclude', { name: s.optional(s.text()), ...settings })),
  ),
});

/** The whole of a file. */
export const targetsSchema = s.object<TargetsFile>('TargetsFile', {
  defaults: s.optional(s.object<TargetSettings>('TargetSettings', settings)),
  targets: s.optional(s.list(targetSchema, { min: 1, max: MOST_TARGETS })),
  matrix: s.optional(matrix),
});
