import type { Issuer } from '@clientele/embedded'
import { withClient } from '../surroundings/postgres.js'
import type { ComparedRequest, Comparison } from './comparison.js'

/** What a comparison asks, `most` at most, each with a token. Throws where the seed has nothing to ask about. */
export const drawRequests = async (
  comparison: Comparison,
  { copyUrl, issuer, most }: { copyUrl: string; issuer: Issuer; most: number },
): Promise<ComparedRequest[]> => {
  const { rows } = await withClient(copyUrl, (client) =>
    client.query<{ tenant: string; subject: string | null }>(`${comparison.requests} limit $1`, [most]),
  )
  if (!rows.length) throw new Error(`the seed has nothing that ${comparison.name} could ask about`)
  const tokens = new Map<string, string>()
  for (const tenant of new Set(rows.map((row) => row.tenant))) {
    tokens.set(tenant, await issuer.token({ as: 'admin', tenant, expiresIn: '12h' }))
  }
  return rows.map(({ tenant, subject }) => ({ tenant, subject, token: tokens.get(tenant) as string }))
}
