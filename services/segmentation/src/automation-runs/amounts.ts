import { comparisonsOf } from '@clientele/conditions'
import { convertSum, type Transaction } from '@clientele/kit'
import type { AutomationDefinition } from '../automations/automation.entity.js'
import type { OccurrenceData } from '../automations/event-vocabulary.js'
import { basisOf } from '../facts/conversion.actions.js'
import { exchangeRates, tenantSettings } from '../settings/settings.actions.js'

/**
 * What happened, with sums in the tenant's currency by the latest rates where a condition compares them; a sum without a recent rate is not known. Throws
 * UNAVAILABLE where settings or rates have to be asked for and cannot be.
 */
export const inTenantCurrency = async <T extends { data: OccurrenceData }>(
  tx: Transaction,
  { eventCondition }: Pick<AutomationDefinition, 'eventCondition'>,
  occurrences: readonly T[],
): Promise<readonly T[]> => {
  if (!eventCondition || !comparisonsOf(eventCondition).some(({ condition }) => 'amount' in condition))
    return occurrences
  if (!occurrences.length) return occurrences
  const settings = await tenantSettings.find(tx)
  if (occurrences.some(({ data }) => data.currency !== settings?.currency)) await exchangeRates.find(tx)
  const basis = await basisOf(tx)
  const amountOf = ({ amount, currency }: OccurrenceData) => {
    if (!amount || !currency || !basis) return null
    if (currency === basis.currency) return amount
    const { total, unconverted } = convertSum([{ amount, currency }], basis.currency, basis.factorOf)
    return unconverted.length ? null : total.amount
  }
  return occurrences.map((one) => ({ ...one, data: { ...one.data, amount: amountOf(one.data) } }))
}
