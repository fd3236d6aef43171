import type { EntityManager } from '@mikro-orm/postgresql'
import { LRUCache } from 'lru-cache'
import type pg from 'pg'
import { Unavailable } from '../errors/errors.js'
import { checkMasterKeys } from './check-master-keys.js'
import { newKey } from './cipher.js'
import { keysOn, type WritableKeys } from './keys.js'
import type { MasterKeys, Wrapped } from './master-keys.js'
import { createTenantKeys } from './tenant-keys.js'
import { secretContext } from './wrapping-context.js'

/** What a service seals and derives with, for each of its tenants. */
export interface Keyring {
  /** What a context of this tenant keeps and opens values with. */
  of(tenant: string, em: EntityManager): WritableKeys
  /** 32 bytes that stay the same for good, made at first use: for what must be verified years later, such as a hash chain. */
  secret(tenant: string, purpose: string): Promise<Buffer>
  /** Throws Unavailable `keys.master` unless the master keys open what is stored. */
  check(): Promise<void>
}

interface Options {
  service: string
  system: pg.Pool
  masterKeys: MasterKeys
  freshMs?: number | undefined
}

/** One service's keys: tenants' keys in its database, wrapped by master keys that are elsewhere. */
export const createKeyring = ({ service, system, masterKeys, freshMs }: Options): Keyring => {
  const tenantKeys = createTenantKeys({ service, system, masterKeys: masked(masterKeys), ...(freshMs && { freshMs }) })
  let checkedUntil = 0
  const secrets = new LRUCache<string, Promise<Buffer>>({ max: mostSecrets })

  const secretOf = async (tenant: string, purpose: string) => {
    const context = secretContext(service, tenant, purpose)
    const look = () => system.query<Wrapped>(selectSecret, [tenant, purpose]).then(({ rows }) => rows[0])
    let stored = await look()
    if (!stored) {
      const { wrapped, masterKeyId } = await masked(masterKeys).wrap(newKey(), context)
      await system.query(
        'insert into tenant_secret (tenant, purpose, wrapped, master_key_id) values ($1, $2, $3, $4) on conflict do nothing',
        [tenant, purpose, wrapped, masterKeyId],
      )
      stored = (await look()) as Wrapped
    }
    return masked(masterKeys).unwrap(stored, context)
  }

  return {
    of: (tenant, em) => keysOn(em, { service, tenant, tenantKeys }),
    secret: (tenant, purpose) => {
      const name = JSON.stringify([tenant, purpose])
      const known = secrets.get(name) ?? secretOf(tenant, purpose)
      secrets.set(name, known)
      known.catch(() => secrets.delete(name))
      return known
    },
    check: async () => {
      if (performance.now() < checkedUntil) return
      await checkMasterKeys(service, system, masterKeys)
      checkedUntil = performance.now() + checkEveryMs
    },
  }
}

const mostSecrets = 1_000
const checkEveryMs = 15_000

const selectSecret =
  'select wrapped, master_key_id as "masterKeyId" from tenant_secret where tenant = $1 and purpose = $2'

// Who asks learns neither paths nor addresses; the log and the probe do.
const masked = (masterKeys: MasterKeys): MasterKeys => {
  const mask = (cause: unknown): never => {
    throw new Unavailable('Sensitive values cannot be read or written now; try again.', {
      reason: 'keys.master',
      cause,
    })
  }
  return {
    wrap: (key, context) => masterKeys.wrap(key, context).catch(mask),
    unwrap: (key, context) => masterKeys.unwrap(key, context).catch(mask),
  }
}
