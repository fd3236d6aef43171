import { part, type Read } from '@clientele/query-compiler'

/** The context of an entity that holds it in two columns. */
export const contextRead: Read = part(
  { kind: (from) => `${from}.context_kind`, id: (from) => `${from}.context_id` },
  (from) => `${from}.context_kind is not null and ${from}.context_id is not null`,
)
