import { isDeepStrictEqual } from 'node:util'
import { limits } from '@clientele/contracts'
import { Conflict, checkRequiredText, type Transaction, type ValidationIssues } from '@clientele/kit'
import type { Correction, Voiding } from './correction.entity.js'

/** An entry that can be corrected. */
export interface Correctable {
  corrections: Correction[]
}

/** Why something is corrected or voided; a blank text is an issue. */
export const checkReason = (issues: ValidationIssues, reason: string) =>
  checkRequiredText(issues, 'reason', reason, limits.correctionReason)

/**
 * Sets what differs and notes it in the entry's history; answers with the paths of what changed, of parts such as `report.summary`. Throws
 * CONFLICT `<concept>.too_many_corrections`.
 */
export const correct = <Entry extends Correctable>(
  tx: Transaction,
  concept: string,
  entry: Entry,
  values: Partial<Entry>,
  reason: string,
): string[] => {
  const changedFields = Object.entries(values).flatMap(([field, value]) =>
    pathsOf(field, entry[field as keyof Entry], value),
  )
  if (!changedFields.length) return []
  const { most } = limits.corrections
  if (entry.corrections.length >= most) {
    const message = `A ${concept} is corrected at most ${most} times: void it and enter the right one.`
    throw new Conflict(message, { reason: `${concept}.too_many_corrections`, params: { most } })
  }
  Object.assign(entry, values)
  entry.corrections = [...entry.corrections, { ...voidingOf(tx, reason), changedFields }]
  return changedFields
}

/** That the actor declares something void now. */
export const voidingOf = (tx: Transaction, reason: string): Voiding => ({
  at: tx.now().toISOString(),
  by: tx.actor.subject,
  reason,
})

/** CONFLICT `<concept>.voided`. */
export const voided = (concept: string) =>
  new Conflict(`A ${concept} that was voided cannot be corrected; enter the right one.`, {
    reason: `${concept}.voided`,
    fields: [{ path: 'input.id', reason: `${concept}.voided`, message: 'an entry that is not void' }],
  })

const pathsOf = (field: string, before: unknown, after: unknown): string[] => {
  if (isDeepStrictEqual(plain(before), plain(after))) return []
  if (!isPart(before) || !isPart(after)) return [field]
  return Object.keys({ ...before, ...after }).flatMap((key) => pathsOf(`${field}.${key}`, before[key], after[key]))
}

const isPart = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

const plain = (value: unknown) => (value == null ? null : JSON.parse(JSON.stringify(value)))
