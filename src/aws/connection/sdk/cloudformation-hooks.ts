// Of the same service; apart, because only validations ask for it, and start-up time pays for every command.
export { GetHookResultCommand, ListHookResultsCommand } from '@aws-sdk/client-cloudformation';
