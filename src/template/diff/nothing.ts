import type { TemplateDiff } from './types.ts';

/** No difference. */
export const NOTHING: TemplateDiff = { resources: [], outputs: [], parameters: [], other: [], iam: [] };
