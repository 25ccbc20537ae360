export const handler = async () => ({ writes: process.env.TABLE });
