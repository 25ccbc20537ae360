// Only what is used: the rest of the SDK's package is left out of the bundle, which start-up time pays for.
export { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
