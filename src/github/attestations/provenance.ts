import type { GitHubApi } from '../api.ts';
import { GitHubError } from '../error.ts';

/** Where something was built, as its attestation says. */
export interface Provenance {
  readonly commit: string;
  /** Of the run that built it. */
  readonly run: string | undefined;
}

/**
 * What the attestations of a repository say of something. GitHub is believed: the signatures are not checked here.
 *
 * @param sha256 in lower-case hex
 * @returns the oldest one's word: built again from a later commit, the same bytes are the same build
 * @throws GitHubError where they may not be read
 */
export async function provenanceOf(
  api: GitHubApi,
  repository: string,
  sha256: string,
): Promise<Provenance | undefined> {
  // The client reads a colon as the beginning of a variable.
  const path = `/repos/${repository}/attestations/sha256%3A${sha256}?predicate_type=provenance`;
  try {
    const { attestations } = await api.request<Attestations>('GET', path);
    return attestations.map(provenanceIn).findLast((each) => each !== undefined);
  } catch (error) {
    // That of something which nobody attested.
    if (error instanceof GitHubError && error.status === 404) return undefined;
    throw error;
  }
}

interface Attestations {
  readonly attestations: readonly {
    readonly bundle?: { readonly dsseEnvelope?: { readonly payload?: string } };
  }[];
}

/** As far as it matters here. Source: SLSA specification 1.0, "Provenance". */
interface Statement {
  readonly predicate?: {
    readonly buildDefinition?: {
      readonly resolvedDependencies?: readonly { readonly digest?: { readonly gitCommit?: string } }[];
    };
    readonly runDetails?: { readonly metadata?: { readonly invocationId?: string } };
  };
}

function provenanceIn({ bundle }: Attestations['attestations'][number]): Provenance | undefined {
  let statement: Statement;
  try {
    statement = JSON.parse(
      Buffer.from(bundle?.dsseEnvelope?.payload ?? '', 'base64').toString(),
    ) as Statement;
  } catch {
    return undefined;
  }
  const { buildDefinition, runDetails } = statement?.predicate ?? {};
  const commit = buildDefinition?.resolvedDependencies?.find(({ digest }) => digest?.gitCommit)?.digest
    ?.gitCommit;
  return commit === undefined ? undefined : { commit, run: runDetails?.metadata?.invocationId };
}
