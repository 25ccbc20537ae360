/** Tells where orders go: what the discovery information says of the queue. */
export async function handler() {
  const { resources } = JSON.parse(process.env.SPARTA_DISCOVERY_INFO);
  return { queue: resources.Orders.attributes.QueueName };
}
