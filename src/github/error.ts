/** GitHub's API refused a request, failed at it, or (status 500 or 0) could not be reached. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }

  /** The token may not do this, or not even know that it exists. */
  get isForbidden(): boolean {
    return this.status === 401 || this.status === 403 || this.status === 404;
  }
}
