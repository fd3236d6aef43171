import type { Job } from '@clientele/kit'
import { convertAnew } from './conversion.actions.js'

/** Follows the tenants' currencies and exchange rates, also where time alone makes a rate too old: totals, order and segments. */
export const convertTotalsAnew: Job = {
  name: 'segmentation-convert-totals',
  everyMs: 5_000,
  run: async ({ system, forTenant, setAside }) => {
    const { rows } = await system.query<{ tenant: string }>(
      'select tenant from total_conversion where tenant <> all($1)',
      [setAside.ids()],
    )
    let unfinished = 0
    for (const { tenant } of rows) {
      try {
        if (await convertAnew(forTenant(tenant))) unfinished++
      } catch (error) {
        setAside.add(tenant, error, { tenant })
      }
    }
    return unfinished
  },
}
