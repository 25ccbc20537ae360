export const handler = async ({ id = 'none', stage = 'dev' }) => ({
  status: 'taken',
  id,
  stage,
  table: process.env.TABLE,
});
