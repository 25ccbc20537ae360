/** What a role is used for: modes of the action that call AWS each in their own way. */
export const MODES = [
  'preview',
  'validate',
  'deploy',
  'inplace',
  'delete',
  'status',
  'drift',
  'verify',
  'cancel-update',
] as const;
export type Mode = (typeof MODES)[number];
