export const handler = async (item: string) => ({ packed: item });
