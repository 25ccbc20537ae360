interface Order {
  readonly id: string;
  readonly amount: number;
  readonly items?: readonly string[];
}

export async function handler({ id, amount, items = [] }: Order) {
  if (amount < 0) throw new Error('there is nothing to charge');
  return { id, items, paid: amount < 1000 };
}
