import type { Context, Transaction } from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { Customer } from '../customers/customer.entity.js'
import { inAnyScope } from '../customers/customer-access.js'
import { type CustomerChange, changeOf, saveCustomers, touch } from '../customers/customer-changes.js'
import { openBirthDates } from '../customers/sensitive-values.js'
import { ageBandOf } from './age-band.js'
import { thisMonth } from './age-band-run.js'

const customersPerTransaction = 200
const firstId = '00000000-0000-0000-0000-000000000000'

interface Run {
  month: string | null
  next_month: string | null
  written_to: string | null
}

/**
 * Brings the next customers of the tenant to the age bands of this month, and tells other services of all coarse facts where it is the
 * tenant's first month. Answers whether any may be left.
 */
export const followMonth = (ctx: Context): Promise<boolean> =>
  ctx.transaction(async (tx) => {
    const [run] = await tx.em.execute<Run[]>(
      'select month::text, next_month::text, written_to from age_band_run for update',
    )
    const month = thisMonth(tx)
    if (!run || run.month === month) return false
    const from = run.next_month === month ? run.written_to : firstId
    const customers = await tx.em.find(
      Customer,
      { id: { $gt: from ?? firstId } },
      { ...inAnyScope, orderBy: { id: 'asc' }, limit: customersPerTransaction, lockMode: LockMode.PESSIMISTIC_WRITE },
    )
    const changes = await bandsOf(tx, customers, month)
    if (run.month === null) for (const change of changes) tellAll(tx, change)
    await saveCustomers(tx, changes)
    const isDone = customers.length < customersPerTransaction
    await tx.em.execute('update age_band_run set month = ?, next_month = ?, written_to = ?', [
      ...(isDone ? [month, null, null] : [run.month, month, customers.at(-1)!.id]),
    ])
    return !isDone
  })

const bandsOf = async (tx: Transaction, customers: readonly Customer[], month: string): Promise<CustomerChange[]> => {
  const birthDates = await openBirthDates(tx.keys, customers)
  return customers.map((customer, at) => {
    const change = changeOf(customer)
    const birthDate = birthDates[at]
    const band = birthDate ? ageBandOf(birthDate, month) : null
    if (customer.ageBand !== band) {
      customer.ageBand = band
      change.fields.add('ageBand')
    }
    return change
  })
}

/** Where each coarse fact is that stands in the customer's row. */
const placeOf = {
  country: 'addresses',
  region: 'addresses',
  city: 'addresses',
  industry: 'organization.industry',
  sizeBand: 'organization.sizeBand',
  gender: 'person.gender',
} as const

const tellAll = (tx: Transaction, { customer, fields }: CustomerChange) => {
  const known = (Object.keys(placeOf) as (keyof typeof placeOf)[]).filter((fact) => customer[fact] != null)
  for (const fact of known) fields.add(placeOf[fact])
  if (known.length) touch(tx, customer)
}
