// Of the same service; apart, because only runs that assume a role with a token ask for it.
export { AssumeRoleWithWebIdentityCommand } from '@aws-sdk/client-sts';
