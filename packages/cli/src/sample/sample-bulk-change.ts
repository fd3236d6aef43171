import { setTimeout as pause } from 'node:timers/promises'
import { ApiError } from '../api/api-error.js'
import type { SampleApi } from './sample-api.js'

/** Customers who came to a fair, whom one bulk change gives a tag. */
const visitors = ['o-northgate', 'o-huaxing']

const running = '{ bulkChanges(first: 20) { nodes { id status } } }'

interface BulkChanges {
  bulkChanges: { nodes: { id: string; status: string }[] }
}

/** One bulk change of the sample's customers, carried out to its end; where there is any bulk change, or the caller may make none, it is left out. */
export const ensureBulkChange = async (api: SampleApi, customerIds: ReadonlyMap<string, string>) => {
  const ids = visitors.flatMap((externalId) => customerIds.get(externalId) ?? [])
  const known = await api.query<BulkChanges>(running).catch((error: unknown) => {
    if (error instanceof ApiError && error.reason === 'role') return undefined
    throw error
  })
  if (!known || known.bulkChanges.nodes.length || !ids.length) return
  const { id } = await api.change('startBulkChange', 'StartBulkChangeInput', {
    ids,
    kind: 'ADD_TAGS',
    tags: ['展会 2026'],
  })
  for (let left = 60; left > 0; left--) {
    const { bulkChanges } = await api.query<BulkChanges>(running)
    if (bulkChanges.nodes.some((one) => one.id === id && one.status !== 'RUNNING')) return
    await pause(500)
  }
}
