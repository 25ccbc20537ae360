// Of the same service; apart, because only deletions of environments ask for it, and start-up time pays for every command.
export { DeleteBucketCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
