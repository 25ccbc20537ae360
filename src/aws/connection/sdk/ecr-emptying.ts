// Of the same service; apart, because only deletions of environments ask for it.
export { DeleteRepositoryCommand } from '@aws-sdk/client-ecr';
