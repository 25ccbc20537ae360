/**
 * How many of a kind are worked on at the same time, in one run. More would be throttled by AWS, fill the memory of a
 * small runner, or share two processors among too many. Custom resources are programs of
 * their own, in AWS, with limits of their own.
 */
export const AT_ONCE = {
  /** Stacks that are previewed or deployed. */
  stacks: 4,
  /** Nested stacks of a stack that are compared. */
  nestedStacks: 4,
  /** Builds: they are programs of their own. */
  builds: 4,
  /** Archives that are written. */
  archives: 4,
  /** Files that are uploaded. */
  uploads: 8,
  /** Parts of one large file; each is in memory. */
  uploadParts: 4,
  /** Layers of an image that are sent. */
  imageLayers: 4,
  /** Roles that are looked up. */
  roles: 8,
  /** Functions that are read or updated. Lambda's control plane takes 15 changes a second. */
  functions: 16,
  /** Functions that smoke tests call. */
  smokeTests: 4,
} as const;
