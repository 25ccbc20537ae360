import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';

interface Order {
  readonly id: string;
  readonly amount: number;
}

export const handler = withDurableExecution(async (order: Order, context: DurableContext) => {
  const reservation = await context.step('reserve', async () => `reservation-${order.id}`);

  // Whoever decides is sent the id of the callback.
  if (order.amount > 100) {
    const decision = await context.waitForCallback('approval', async (callbackId) => {
      console.log(`Waiting for approval: ${callbackId}`);
    });
    if (decision !== 'approved') return { id: order.id, status: 'refused' };
  }

  await context.wait('cool-down', { days: 1 });
  const charge = await context.step('charge', async () => ({ amount: order.amount, for: reservation }));
  return { id: order.id, status: 'charged', charge };
});
