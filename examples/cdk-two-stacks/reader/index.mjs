export const handler = async () => ({ reads: process.env.TABLE });
