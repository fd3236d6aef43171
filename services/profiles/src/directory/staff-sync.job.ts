import type { Job } from '@clientele/kit'
import { ownSettingsOf } from '../config.js'
import { directoryOf } from './directory-of.js'
import { syncStaffInTurn } from './staff-sync-turn.js'

type Synced = { tenant: string; synced_at: Date | null }

/** Compares the staff of each tenant with the directory, every so often; a tenant that the directory has got anew within a minute. */
export const syncStaffOfTenants: Job = {
  name: 'profiles-sync-staff',
  everyMs: 60_000,
  run: async ({ system, settings, account, forTenant, now, setAside, signal }) => {
    const directory = directoryOf({ settings, account })
    if (!directory) return 0
    const { rows } = await system.query<Synced>('select tenant, synced_at from staff_sync')
    const syncedAt = new Map(rows.map(({ tenant, synced_at }) => [tenant, synced_at?.getTime() ?? 0]))
    const left = new Set(setAside.ids())
    const everyMs = ownSettingsOf({ settings }).STAFF_SYNC_MINUTES * 60_000
    for (const tenant of await directory.tenants()) {
      const isDue = now().getTime() - (syncedAt.get(tenant) ?? 0) >= everyMs
      if (!isDue || left.has(tenant) || signal.aborted) continue
      await syncStaffInTurn(forTenant(tenant), directory).catch((error) => setAside.add(tenant, error, { tenant }))
    }
    return 0
  },
}
