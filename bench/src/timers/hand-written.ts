import { withClient } from '../surroundings/postgres.js'

/** As many connections as the service has tenants at work, and as many timers together. */
const connections = 4
const together = 200

/** Takes all that is due as fast as PostgreSQL gives it, with no tenants, turns or transactions of a service. */
export const takeByHand = (url: string) =>
  Promise.all(
    Array.from({ length: connections }, () =>
      withClient(url, async (client) => {
        while ((await client.query({ name: 'take', text: take })).rowCount);
      }),
    ),
  )

const take = `
  with due as (
    select tenant, name, entity_id from timer where next_at <= now() order by next_at limit ${together} for update skip locked)
  delete from timer using due
  where timer.tenant = due.tenant and timer.name = due.name and timer.entity_id = due.entity_id
  returning timer.entity_id, timer.due_at`
