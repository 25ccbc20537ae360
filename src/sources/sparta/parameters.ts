/**
 * Parameters by which a template of Sparta 3 is told where its code and its site are. Source: `cmd_workflow.go` of
 * Sparta v3.
 */
export const BUCKET = 'ArtifactS3Bucket';
export const CODE_KEY = 'CodeArtifactS3Key';
export const CODE_VERSION = 'CodeArtifactS3ObjectVersion';
export const SITE_KEY = 'SiteArtifactS3Key';
export const SITE_VERSION = 'SiteArtifactS3ObjectVersion';

/** Given to the command line of Sparta 1, which writes the bucket into the template instead. */
export const PLACEHOLDER_BUCKET = 'sparta-action-artifacts';
