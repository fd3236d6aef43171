import type { Transaction } from '@clientele/kit'
import { firstOfMonth } from './age-band.js'

/** The first day of this month, by UTC. */
export const thisMonth = (tx: Pick<Transaction, 'now'>) => firstOfMonth(tx.now().toISOString().slice(0, 10))

/** Lets the job know a tenant that has its first age band: all of them are of this month. */
export const noteAgeBands = (tx: Transaction) =>
  tx.em.execute('insert into age_band_run (month) values (?) on conflict do nothing', [thisMonth(tx)])
