import type { SharedSettings } from '@clientele/contracts'
import { accessScopeOf, Forbidden, type Transaction } from '@clientele/kit'
import { tenantSettings } from '../settings/settings.actions.js'
import type { Complaint } from './complaint.entity.js'
import { complaintPolicy } from './complaint.policy.js'

type Compensation = Pick<Complaint, 'compensationAmount' | 'compensationCurrency'>

/** Whether somebody has to approve a compensation: one above the limit, or in a currency that the limit is not in. */
export const isAboveLimit = (
  { compensationAmount: amount, compensationCurrency: currency }: Compensation,
  limit: SharedSettings['approvalLimits']['compensation'],
): boolean => {
  if (amount == null || limit === null) return false
  return currency !== limit.currency || Number(amount) > Number(limit.amount)
}

/**
 * Throws FORBIDDEN `complaint.needs_approval` where the compensation is above what the tenant lets everybody promise, and whoever acts may not
 * approve it; UNAVAILABLE where the settings are not known yet.
 */
export const requireApproval = async (tx: Transaction, complaint: Compensation): Promise<void> => {
  if (complaint.compensationAmount == null || accessScopeOf(tx.actor, complaintPolicy.approve)) return
  const settings = await tenantSettings.find(tx)
  const limit = settings?.approvalLimits.compensation ?? null
  if (!limit || !isAboveLimit(complaint, limit)) return
  const { amount, currency } = limit
  throw new Forbidden(`A compensation above ${amount} ${currency} is told to the customer by admin or manager.`, {
    reason: 'complaint.needs_approval',
    params: { amount, currency, roles: ['admin', 'manager'] },
  })
}
