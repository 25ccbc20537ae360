/** What a name looks like, and that in words. */
export interface Named {
  readonly pattern: RegExp;
  readonly accepts: string;
}

/** Source: AWS CloudFormation API reference, "CreateStack". */
export const STACK_NAME: Named = {
  pattern: /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/,
  accepts: 'a letter, then up to 127 letters, digits and hyphens',
};

export const REGION: Named = {
  pattern: /^[a-z]{2}(-[a-z]+)+-\d$/,
  accepts: 'a region such as eu-central-1',
};

export const STAGE: Named = {
  pattern: /^[\w.-]{1,64}$/,
  accepts: 'a name such as dev, of letters, digits, - _ .',
};

/** Source: IAM user guide, "IAM identifiers" and "IAM and AWS STS quotas". */
export const ROLE_ARN: Named = {
  pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/(?:[!-~]*\/)?[\w+=,.@-]{1,64}$/,
  accepts: 'the ARN of an IAM role, such as arn:aws:iam::123456789012:role/deploy',
};

/** Source: GitHub documentation, "Managing environments for deployment". */
export const GITHUB_ENVIRONMENT: Named = {
  pattern: /^[^\s:][^:]{0,254}$/,
  accepts: 'the name of an environment of the repository, without colons',
};
