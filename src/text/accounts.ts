/** A text of AWS for whoever reads a comment: without ARNs and the numbers of accounts. */
export const withoutAccounts = (text: string): string =>
  text.replaceAll(/arn:[^\s'",]+/g, 'an ARN').replaceAll(/\b\d{12}\b/g, 'an account');
