// Of the same service; apart, because only deletions of environments ask for it.
export { DeleteLayerVersionCommand } from '@aws-sdk/client-lambda';
