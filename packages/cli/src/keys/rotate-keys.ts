import { type MasterKeys, rewrapWithMasterKey, rotateTenantKey } from '@clientele/kit'
import type { ServiceStore } from '../service-stores.js'
import { listKeys, withPool } from './key-stores.js'

/** What is to be rotated beside the wrapping under the current master key. */
export interface RotationWish {
  /** Gets a new key. */
  tenant?: string | undefined
  /** Every tenant gets a new key. */
  all: boolean
}

/** What a rotation did in one service. */
export interface Rotated {
  service: string
  rewrapped: number
  tenants: { tenant: string; generation: number }[]
}

/**
 * Wraps a service's keys under the current master key, then gives tenants new ones. Rotations that were cut short are brought to their
 * end, whoever asked for them.
 */
export const rotateKeys = async (
  store: ServiceStore,
  masterKeys: MasterKeys,
  wish: RotationWish,
  say: (line: string) => void,
  freshMs?: number,
): Promise<Rotated> => {
  const { service, database } = store
  const rewrapped = await withPool(database.systemUrl, (pool) => rewrapWithMasterKey(service, pool, masterKeys))
  if (rewrapped) say(`${service}: wrapped under the current master key: ${rewrapped}`)
  const live = Map.groupBy(
    (await listKeys(store)).filter(({ retiredAt }) => !retiredAt),
    ({ tenant }) => tenant,
  )
  const tenants = []
  for (const [tenant, keys] of live) {
    if (!wish.all && tenant !== wish.tenant && keys.length === 1) continue
    const generation = await rotateTenantKey(tenant, {
      service,
      database,
      masterKeys,
      ...(freshMs && { freshMs }),
      progress: ({ step, done, generation }) => say(`${service}: ${tenant}: ${telling[step](done, generation)}`),
    })
    tenants.push({ tenant, generation })
  }
  return { service, rewrapped, tenants }
}

const telling = {
  MADE: (_: number, generation: number) => `key ${generation} is made; waiting until every process knows it (a minute)`,
  CONTINUED: (_: number, generation: number) => `going on with key ${generation}`,
  REWRAPPED: (done: number) => `data keys under it: ${done}`,
  REINDEXED: (done: number) => `blind indexes under it: ${done}`,
  WAITING: () => 'waiting for a transaction that uses the old key',
  RETIRED: (done: number) => `done; ${done === 1 ? 'the old key is' : `${done} old keys are`} retired`,
}
