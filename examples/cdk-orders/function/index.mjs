/** Answers with what it knows of its surroundings; a real one would write to the table. */
export const handler = async (event) => ({
  statusCode: 201,
  body: JSON.stringify({
    table: process.env.TABLE,
    prices: `s3://${process.env.PRICES_BUCKET}/${process.env.PRICES_KEY}`,
    order: event.body ? JSON.parse(event.body) : null,
  }),
});
