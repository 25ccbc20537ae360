/**
 * A name as CloudFormation takes it in a logical ID: its words joined, each with a capital (`send-mail` and `send_mail`
 * are both `SendMail`). The logical ID of a function, and what those of its other resources start with.
 */
export function logicalId(name: string): string {
  return name
    .split(/[^a-zA-Z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
