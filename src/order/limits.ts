/**
 * How many of a kind are worked on at the same time, in one run. More would be throttled by AWS, fill the memory of a
 * small runner, or share two processors among too many. Custom resources are programs of
 * their own, in AWS, with limits of their own.
 */
export const AT_ONCE = {
  /** Stacks that are previewed or deployed. */
  stacks: 4,
  /** Targets of one run; `max-parallel` says otherwise. Most of the time they wait for AWS. */
  targets: 8,
  /** Nested stacks that are compared; CloudFormation throttles whoever reads faster. */
  nestedStacks: 4,
  /** Builds; compilers use all cores themselves, and more of them only fight for memory. */
  builds: 4,
  /** Archives that are made. */
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
  /** Results of Hooks that are read. */
  hookResults: 4,
  /** Smoke tests. */
  smokeTests: 4,
} as const;
