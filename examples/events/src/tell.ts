/** Whatever it is called by: says so in the log. */
export async function handler(event: { readonly Records?: readonly unknown[] }) {
  console.log(`called with ${JSON.stringify(event)}`);
  return { batchItemFailures: [] };
}
