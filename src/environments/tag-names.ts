/** Tags by which the stacks of a repository are found again; none of them is a part of what is reviewed. */
export const TAGS = {
  repository: 'sparta:repository',
  environment: 'sparta:environment',
  pullRequest: 'sparta:pull-request',
  branch: 'sparta:branch',
  commit: 'sparta:commit',
  run: 'sparta:run',
  expires: 'sparta:expires',
} as const;

const OURS: ReadonlySet<string> = new Set(Object.values(TAGS));

/** Whether a tag says where a stack belongs, which is no difference that a plan tells. */
export const isEnvironmentTag = (name: string): boolean => OURS.has(name);
