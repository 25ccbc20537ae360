import type { OpenApi, OperationKey } from './openapi.ts';

/** What the stand-in for GitHub has of attestations and of what runs where. */
export interface AttestationState {
  readonly attestations: Attestation[];
  readonly records: Record<string, unknown>[];
  /** What GitHub says instead of storing attestations. */
  refusal: { readonly status: number; readonly message: string } | undefined;
}

/** A bundle of Sigstore's, and the digests that its statement is about. */
export interface Attestation {
  readonly bundle: {
    readonly dsseEnvelope: {
      readonly payload: string;
      readonly payloadType: string;
      readonly signatures: readonly { readonly sig: string }[];
    };
    readonly verificationMaterial: { readonly certificate: { readonly rawBytes: string } };
  };
  readonly digests: readonly string[];
}

interface Request {
  readonly params: readonly string[];
  readonly body: unknown;
}

const ATTESTATIONS = '/repos/{owner}/{repo}/attestations';
const RECORDS = '/orgs/{org}/artifacts/metadata/deployment-record';

export const newAttestationState = (): AttestationState => ({
  attestations: [],
  records: [],
  refusal: undefined,
});

/** The routes of GitHub's API about them. */
export function attestationRoutes(
  openApi: OpenApi,
  state: AttestationState,
): readonly {
  readonly operation: OperationKey;
  answer(request: Request): { status: number; body: unknown };
}[] {
  return [
    {
      operation: ['post', ATTESTATIONS],
      answer({ body }) {
        if (state.refusal) return { status: state.refusal.status, body: { message: state.refusal.message } };
        const { bundle } = body as Pick<Attestation, 'bundle'>;
        const { subject } = JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString()) as {
          subject: { digest: { sha256: string } }[];
        };
        state.attestations.unshift({
          bundle,
          digests: subject.map(({ digest }) => `sha256:${digest.sha256}`),
        });
        return { status: 201, body: { id: state.attestations.length } };
      },
    },
    {
      operation: ['get', `${ATTESTATIONS}/{subject_digest}`],
      answer({ params }) {
        const found = state.attestations.filter(({ digests }) =>
          digests.includes(decodeURIComponent(params[2] ?? '')),
        );
        const attestations = found.map(({ bundle }) => ({ bundle, repository_id: 5678 }));
        return found.length > 0
          ? { status: 200, body: { attestations } }
          : { status: 404, body: { message: 'Not Found' } };
      },
    },
    {
      operation: ['post', RECORDS],
      answer({ body }) {
        state.records.push(body as Record<string, unknown>);
        return { status: 200, body: { ...openApi.example(['post', RECORDS], 200), total_count: 1 } };
      },
    },
  ];
}
