import { byId, connection, part, reads, rows } from '@clientele/query-compiler'

const origin = part(
  { system: (from) => `${from}.origin_system`, externalId: (from) => `${from}.origin_external_id` },
  (from) => `${from}.origin_system <> '' and ${from}.origin_external_id <> ''`,
)

const places = ['country', 'region', 'city']
const location = part(Object.fromEntries(places.map((place) => [place, (from) => `${from}.${place}`])), (from) =>
  places.map((place) => `${from}.${place} <> ''`).join(' or '),
)

export const customerReads = [
  reads('Customer', {
    origin,
    location,
    tags: rows(
      // A customer has few tags of many: each is looked up.
      (
        customer,
      ) => `select tag.* from jsonb_array_elements_text(${customer}.tag_keys) with ordinality as had(key, place)
        cross join lateral (select tag.* from tag where tag.key = had.key offset 0) as tag order by had.place`,
    ),
  }),
  reads('Purchase', { origin }),
  reads('Query', { customer: byId('Customer'), customers: connection('Customer', { orderBy: [['number', 'asc']] }) }),
]
