import type { TemplatePath } from '../template/types.ts';
import type { MatrixDefinition, MatrixInclude, TargetSettings, TargetsFile } from './definition.ts';

/** What a target says, from all places that say something about it. */
export interface Written extends MatrixInclude {
  /** Which of the axes tell it apart from others; empty where it has a name. */
  readonly axes: readonly Axis[];
  readonly path: TemplatePath;
  readonly places: FieldPlaces;
}

/** Where each of its settings is written, as far as anything says it. */
export type FieldPlaces = Readonly<Record<string, TemplatePath>>;

/** By which combinations are made, in this order. */
export const AXES = ['service', 'stage', 'region', 'account'] as const;
export type Axis = (typeof AXES)[number];

/** Whether something of a matrix is about nothing. */
export interface UnusedEntry {
  readonly path: TemplatePath;
  readonly message: string;
  readonly next: string;
}

/**
 * All targets of a file, in the order of the file.
 *
 * @param indices which of the targets that are written these are
 */
export function expand(
  file: TargetsFile,
  indices?: readonly number[],
): { written: readonly Written[]; unused: readonly UnusedEntry[] } {
  const { defaults = {}, targets = [], matrix } = file;
  const listed = targets.map((target, at): Written => {
    const path = ['targets', indices?.[at] ?? at];
    const places = { ...placesIn(defaults, ['defaults']), ...placesIn(target, path) };
    return { ...joined(defaults, target), axes: [], path, places };
  });
  if (!matrix) return { written: listed, unused: [] };
  const combined = combinations(matrix, defaults);
  return { written: [...listed, ...combined.written], unused: combined.unused };
}

function combinations(matrix: MatrixDefinition, defaults: TargetSettings): ReturnType<typeof expand> {
  const { exclude = [], include = [] } = matrix;
  const given = AXES.filter((axis) => matrix[axis] !== undefined);
  const several = given.filter((axis) => (matrix[axis]?.length ?? 0) > 1);
  const axes = several.length > 0 ? several : given;
  const isAbout = (entry: MatrixInclude, cell: TargetSettings): boolean =>
    given.every((axis) => entry[axis] === undefined || entry[axis] === cell[axis]);
  const all = given.reduce<readonly TargetSettings[]>(
    (cells, axis) =>
      cells.flatMap((cell) => (matrix[axis] ?? []).map((value) => ({ ...cell, [axis]: value }))),
    given.length === 0 ? [] : [{}],
  );
  const left = all.filter((cell) => !exclude.some((entry) => isAbout(entry, cell)));
  const written = left.map((cell): Written => {
    const about = include.filter((entry) => isAbout(entry, cell));
    const settings = [cell, ...about].reduce<MatrixInclude>(joined, defaults);
    const places = include.map((entry, index) =>
      about.includes(entry) ? placesIn(entry, ['matrix', 'include', index]) : {},
    );
    return {
      ...settings,
      axes,
      path: ['matrix'],
      places: Object.assign(placesIn(defaults, ['defaults']), ...places),
    };
  });
  const next = 'Correct its values, or remove it.';
  const unused = [
    ...exclude.flatMap((entry, index) =>
      all.some((cell) => isAbout(entry, cell))
        ? []
        : [{ path: ['matrix', 'exclude', index], message: 'there is no such combination', next }],
    ),
    ...include.flatMap((entry, index) =>
      left.some((cell) => isAbout(entry, cell))
        ? []
        : [{ path: ['matrix', 'include', index], message: 'no combination has these values', next }],
    ),
    ...(given.length === 0
      ? [{ path: ['matrix'], message: 'it has no values', next: `Give some of ${AXES.join(', ')}.` }]
      : left.length === 0
        ? [{ path: ['matrix', 'exclude'], message: 'it leaves no combination', next }]
        : []),
  ];
  return { written, unused };
}

/** Where an entry says its settings. */
export const placesIn = (entry: object, path: TemplatePath): Record<string, TemplatePath> =>
  Object.fromEntries(Object.keys(entry).map((field) => [field, [...path, field]]));

/** What `more` says wins; parameters and tags are added up. */
function joined(base: MatrixInclude, more: MatrixInclude): MatrixInclude {
  const parameters = [base.parameters ?? [], more.parameters ?? []].flat();
  const tags = { ...base.tags, ...more.tags };
  return {
    ...base,
    ...more,
    ...(parameters.length > 0 && { parameters }),
    ...(Object.keys(tags).length > 0 && { tags }),
  };
}
