import type { Job } from '@clientele/kit'
import { followMonth } from './age-band.actions.js'

/** Brings the age bands of each tenant to the month that it is. */
export const followAgeBands: Job = {
  name: 'profiles-age-bands',
  everyMs: 60_000,
  run: async ({ system, forTenant, now, setAside }) => {
    const { rows } = await system.query<{ tenant: string }>(
      `select tenant from age_band_run
       where month is distinct from date_trunc('month', $1::timestamptz at time zone 'UTC')::date and tenant <> all($2)`,
      [now().toISOString(), setAside.ids()],
    )
    let unfinished = 0
    for (const { tenant } of rows) {
      try {
        if (await followMonth(forTenant(tenant))) unfinished++
      } catch (error) {
        setAside.add(tenant, error, { tenant })
      }
    }
    return unfinished
  },
}
