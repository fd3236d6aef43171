/** SQL: whole days from a customer's last sale to a moment, both SQL expressions; a sale that is dated ahead counts as today's. */
export const recencyDays = (moment: string, facts: string) =>
  `greatest(0, floor(extract(epoch from (${moment} - ${facts}.last_purchase_at)) / 86400))::int`
