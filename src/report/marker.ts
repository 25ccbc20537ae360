import type { Report } from './model.ts';

/** What the first line of a comment says to programs: whose comment it is, and which plan it shows. */
export interface Marker extends Author {
  readonly stacks: readonly MarkedStack[];
  /** Source or folder of the run, and which of its stacks: whose comment it is where a run failed before it knew them. */
  readonly folder: string;
  /** Where such a run was about to go. */
  readonly place: Place;
}

/** Who writes a comment. */
export interface Author {
  readonly workflow: string;
  /** Unique to one try of one run. */
  readonly run: string;
  /** As the workflow names it; all jobs of a matrix have one name. */
  readonly job: string;
  /** Tells the jobs of a matrix apart, as far as the runner can. */
  readonly instance: string;
  /** What would be done, or what was. */
  readonly shows: 'plan' | 'result';
}

/** Region, stage and hash of the account are empty where nothing told them, as without credentials. */
interface Place {
  readonly region: string;
  readonly stage: string;
  readonly account: string;
}

interface MarkedStack extends Place {
  readonly stack: string;
  readonly plan: string;
}

/** Bumped when an older version would misread it. */
const PREFIX = '<!-- sparta-action v1 ';

/** The folder of a report that joins those of all jobs of a workflow. */
export const ALL_TARGETS = 'all targets';

/** The marker of a report. */
export function markerOf({ stacks, target }: Report, author: Author): Marker {
  const known = stacks.map(({ stackName, region = '', stage = '', accountHash, planHash }) => ({
    stack: stackName,
    region,
    stage,
    account: accountHash,
    plan: planHash,
  }));
  const { stackNames, selected, region = '', stage = '', accountHash: account } = target;
  const place = { region, stage, account };
  const failed = stackNames.map((stack) => ({ stack, ...place, plan: '' }));
  const folder = selected === '' ? target.folder : `${target.folder} (${selected})`;
  // Hundreds would leave no room for what is to be read, and this comment is known by its folder.
  if (folder === ALL_TARGETS) return { ...author, folder, place, stacks: [] };
  return { ...author, folder, place, stacks: known.length > 0 ? known : failed };
}

/** The hidden line of a marker. It is encoded, so that nothing a user wrote can end it or forge another. */
export const renderMarker = (marker: Marker): string =>
  `${PREFIX}${Buffer.from(JSON.stringify(marker)).toString('base64url')} -->`;

/** Reads the marker of a comment; only one at the very beginning counts, and one that is damaged is none. */
export function parseMarker(body: string): Marker | undefined {
  if (!body.startsWith(PREFIX)) return undefined;
  const encoded = body.slice(PREFIX.length).split(' ', 1)[0] ?? '';
  try {
    return readMarker(JSON.parse(Buffer.from(encoded, 'base64url').toString()));
  } catch {
    return undefined;
  }
}

/** What earlier versions did not write is empty. */
function readMarker(value: unknown): Marker | undefined {
  if (!isRecord(value) || typeof value.workflow !== 'string' || !Array.isArray(value.stacks))
    return undefined;
  const stacks = value.stacks.flatMap((each: unknown) => readStack(each) ?? []);
  if (stacks.length < value.stacks.length) return undefined;
  const [workflow, run, job] = [textOf(value.workflow), textOf(value.run), textOf(value.job)];
  const [instance, folder, place] = [textOf(value.instance), textOf(value.folder), placeIn(value.place)];
  const shows = value.shows === 'plan' ? 'plan' : 'result';
  return { workflow, run, job, instance, shows, folder, place, stacks };
}

function readStack(value: unknown): MarkedStack | undefined {
  if (!isRecord(value)) return undefined;
  const { stack, region, account, plan } = value;
  if (![stack, region, account, plan].every((part) => typeof part === 'string')) return undefined;
  return { stack: textOf(stack), ...placeIn(value), plan: textOf(plan) };
}

function placeIn(value: unknown): Place {
  const { region, stage, account } = isRecord(value) ? value : {};
  return { region: textOf(region), stage: textOf(stage), account: textOf(account) };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/**
 * Whether two reports belong in the same comment: one workflow, and a stack in common, so that a comment outlives
 * stacks that come and go. A run that failed before it knew its stacks takes the comment of its source that is about the
 * same stage, region and account. Two jobs that preview in one run each have their own, also where nothing else tells them
 * apart.
 */
export function sameComment(a: Marker, b: Marker): boolean {
  if (a.workflow !== b.workflow || areTwins(a, b)) return false;
  // Which targets are touched differs from push to push.
  if (a.folder === ALL_TARGETS && b.folder === ALL_TARGETS) return true;
  if (a.stacks.length === 0 || b.stacks.length === 0) {
    const isThere = placesOf(a).some((one) =>
      placesOf(b).some((other) => one.stage === other.stage && samePlace(one, other)),
    );
    return a.folder !== '' && a.folder === b.folder && isThere;
  }
  return a.stacks.some((one) => b.stacks.some((other) => sameStack(one, other)));
}

/** Two jobs of one matrix in the same run, or two that preview; one that deploys goes on from the plan of another. */
const areTwins = (a: Author, b: Author): boolean =>
  a.run !== '' &&
  a.run === b.run &&
  (a.job === b.job ? a.instance !== b.instance : a.shows === 'plan' && b.shows === 'plan');

/** Whether a reader could take two comments for one another: the headline names stack, region and stage alone. */
export function looksAlike(a: Marker, b: Marker): boolean {
  if (a.workflow !== b.workflow) return false;
  return a.stacks.some((one) =>
    b.stacks.some(
      (other) => one.stack === other.stack && one.region === other.region && one.stage === other.stage,
    ),
  );
}

const placesOf = ({ stacks, place }: Marker): readonly Place[] => (stacks.length > 0 ? stacks : [place]);

const sameStack = (a: MarkedStack, b: MarkedStack): boolean => a.stack === b.stack && samePlace(a, b);

const samePlace = (a: Place, b: Place): boolean =>
  sameOrUnknown(a.region, b.region) && sameOrUnknown(a.stage, b.stage) && sameOrUnknown(a.account, b.account);

const sameOrUnknown = (a: string, b: string): boolean => a === b || a === '' || b === '';
