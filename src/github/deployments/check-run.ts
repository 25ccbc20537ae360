import type { GitHubApi } from '../api.ts';

/** What a check run says. */
export interface CheckRun {
  /** Branch protection asks for it by this name. */
  readonly name: string;
  readonly commit: string;
  readonly conclusion: 'success' | 'failure';
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  readonly annotations: readonly CheckAnnotation[];
  readonly detailsUrl: string | undefined;
}

/** Something at a line of a file. */
export interface CheckAnnotation {
  /** Relative to the repository. */
  readonly file: string;
  readonly line: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly message: string;
}

/** Source: GitHub REST API, "Create a check run". */
const MOST_ANNOTATIONS = 50;
export const LONGEST_CHECK_SUMMARY = 65_000;

/** Adds a check run to a commit. */
export async function addCheckRun(api: GitHubApi, repository: string, check: CheckRun): Promise<void> {
  const { name, commit, conclusion, title, summary, annotations, detailsUrl } = check;
  await api.request('POST', `/repos/${repository}/check-runs`, {
    name,
    head_sha: commit,
    status: 'completed',
    conclusion,
    ...(detailsUrl !== undefined && { details_url: detailsUrl }),
    output: {
      title,
      summary,
      annotations: annotations.slice(0, MOST_ANNOTATIONS).map(({ file, line, level, message }) => ({
        path: file,
        start_line: line,
        end_line: line,
        annotation_level: level,
        message,
      })),
    },
  });
}
