import { randomUUID } from 'node:crypto'
import { canonicalId, limits, staffEntityId, staffRecorded } from '@clientele/contracts'
import {
  Conflict,
  type Context,
  checkRequiredText,
  NotFound,
  type Rule,
  retryOnConflict,
  type Transaction,
  type ValidationIssue,
  validationIssues,
} from '@clientele/kit'
import { checkAbsence, type RecordAbsenceInput, type RemoveAbsenceInput } from './absence.js'
import { applyChanges } from './apply-changes.js'
import { checkArrangements, checkStaffFields } from './check-staff.js'
import { isFromDirectory } from './directory-of.js'
import { newStaff } from './new-staff.js'
import { Staff, StaffSource } from './staff.entity.js'
import type {
  ChangeStaffArrangementsInput,
  ChangeStaffInput,
  MarkStaffLeftInput,
  RecordStaffInput,
  SetSubstituteInput,
} from './staff.input.js'
import { staffPolicy } from './staff.policy.js'
import { emitChanged } from './staff-changes.js'
import { staffData, teamKeysOf } from './staff-event.js'
import { checkStaff, staffForChange } from './staff-look-up.js'
import { moveTo } from './staff-sync.actions.js'

/** Enters a member of staff by hand. Throws INVALID with all faults, CONFLICT `staff.known`. */
export const recordStaff = (ctx: Context, input: RecordStaffInput): Promise<Staff> =>
  retryOnConflict(() =>
    ctx.transaction(
      async (tx) => {
        tx.allow(staffPolicy.write)
        const issues = validationIssues()
        const subject = canonicalId(checkRequiredText(issues, 'subject', input.subject, limits.subject))
        const values = checkStaffFields(issues, { ...input, name: input.name })
        issues.refuse()
        if (await tx.em.count(Staff, { id: staffEntityId(subject) })) throw knownStaff()
        const staff = newStaff(tx, { subject, source: StaffSource.MANUAL, ...values })
        tx.emit(staffRecorded, staff, staffData(staff, []))
        return staff
      },
      { key: input.idempotencyKey, operation: 'recordStaff', input },
    ),
  )

const knownStaff = () => {
  const reason = 'staff.known'
  const fields: ValidationIssue[] = [{ path: 'input.subject', reason, message: 'names a member of staff already' }]
  return new Conflict('There is a member of staff of this subject already.', { reason, fields })
}

const decidedByDirectory = ['name', 'email', 'territories'] as const

/** Changes what is given. Throws NOT_FOUND, INVALID with all faults, CONFLICT `version.stale`. */
export const changeStaff = (ctx: Context, input: ChangeStaffInput) =>
  change(ctx, input.id, staffPolicy.write, input, async (tx, staff) => {
    const issues = validationIssues()
    const values = checkStaffFields(issues, input)
    for (const field of isFromDirectory(tx, staff) ? decidedByDirectory : []) {
      issues.must(input[field] === undefined, field, 'staff.from_directory', 'changed in the identity provider')
    }
    issues.refuse()
    return applyChanges(staff, values)
  })

/** Changes language, time zone and working hours. Throws as `changeStaff`, and FORBIDDEN for others than oneself and the people of one's territories. */
export const changeStaffArrangements = (ctx: Context, input: ChangeStaffArrangementsInput) =>
  change(ctx, input.id, staffPolicy.arrange, input, async (_, staff) => {
    const issues = validationIssues()
    const values = checkArrangements(issues, input)
    issues.refuse()
    return applyChanges(staff, values)
  })

/** Notes when somebody is away. Throws as `changeStaffArrangements`, and CONFLICT `absence.overlapping` or `absence.too_many`. */
export const recordAbsence = (ctx: Context, input: RecordAbsenceInput) =>
  change(
    ctx,
    input.staffId,
    staffPolicy.arrange,
    input,
    async (_, staff) => {
      const issues = validationIssues()
      checkAbsence(issues, input)
      issues.refuse()
      const { from, until, reason } = input
      refuseOverlap(staff, input)
      const absences = [...staff.absences, { id: randomUUID(), from, until, reason }]
      if (absences.length > limits.absences.most) {
        const message = `There are at most ${limits.absences.most} absences of one member of staff; remove some.`
        throw new Conflict(message, {
          reason: 'absence.too_many',
          params: { most: limits.absences.most },
        })
      }
      return applyChanges(staff, { absences: absences.toSorted((a, b) => (a.from < b.from ? -1 : 1)) })
    },
    { key: input.idempotencyKey, operation: 'recordAbsence', input },
  )

const refuseOverlap = ({ absences }: Staff, { from, until }: RecordAbsenceInput) => {
  const other = absences.find((known) => known.from <= until && from <= known.until)
  if (!other) return
  const reason = 'absence.overlapping'
  const params = { from: other.from, until: other.until }
  const message = `days other than ${other.from} to ${other.until}, when they are away already`
  throw new Conflict('They are away on some of these days already.', {
    reason,
    params,
    fields: [{ path: 'input.from', reason, message, params }],
  })
}

/** Takes an absence back. Throws as `changeStaffArrangements`, and NOT_FOUND `absence.unknown`. */
export const removeAbsence = (ctx: Context, input: RemoveAbsenceInput) =>
  change(ctx, input.staffId, staffPolicy.arrange, input, async (_, staff) => {
    const absences = staff.absences.filter(({ id }) => id !== input.absenceId)
    if (absences.length === staff.absences.length) {
      throw new NotFound('There is no such absence of this member of staff.', { reason: 'absence.unknown' })
    }
    return applyChanges(staff, { absences })
  })

/** Names who stands in for somebody, or nobody. Throws as `changeStaffArrangements`; INVALID `staff.unknown`, `staff.left` or `substitute.self`. */
export const setSubstitute = (ctx: Context, input: SetSubstituteInput) =>
  change(ctx, input.staffId, staffPolicy.arrange, input, async (tx, staff) => {
    if (input.substituteId == null) return applyChanges(staff, { substituteId: null })
    const issues = validationIssues()
    const [substituteId] = await checkStaff(tx, issues, [{ path: 'substituteId', id: input.substituteId }])
    issues.must(substituteId !== staff.id, 'substituteId', 'substitute.self', 'somebody else')
    issues.refuse()
    return applyChanges(staff, { substituteId: substituteId as string })
  })

/** Notes that somebody has left. Throws NOT_FOUND, CONFLICT `staff.left`, `staff.from_directory` or `version.stale`. */
export const markStaffLeft = (ctx: Context, input: MarkStaffLeftInput) => mark(ctx, input, false)

/** Notes that somebody is back. Throws NOT_FOUND, CONFLICT `staff.active`, `staff.from_directory` or `version.stale`. */
export const markStaffReturned = (ctx: Context, input: MarkStaffLeftInput) => mark(ctx, input, true)

const mark = (ctx: Context, input: MarkStaffLeftInput, active: boolean) =>
  ctx.transaction(async (tx) => {
    const staff = await staffForChange(tx, input.id, staffPolicy.write, input.expectedVersion)
    if (staff.active === active) {
      const reason = active ? 'staff.active' : 'staff.left'
      throw new Conflict(active ? 'They work here.' : 'They have left already.', { reason })
    }
    if (isFromDirectory(tx, staff)) {
      const message = `The identity provider says whether they work here: ${active ? 'let them sign in there again' : 'end or disable their account there'}, then run \`syncStaff\`, or wait for its next turn.`
      throw new Conflict(message, { reason: 'staff.from_directory' })
    }
    moveTo(tx, staff, active, (await teamKeysOf(tx, [staff.id])).get(staff.id) ?? [])
    return staff
  })

/** `apply` answers with the fields that it changed. */
const change = (
  ctx: Context,
  id: string,
  rule: Rule,
  { expectedVersion }: { expectedVersion?: number | null },
  apply: (tx: Transaction, staff: Staff) => Promise<string[]>,
  idempotency?: { key: string | null | undefined; operation: string; input: object },
): Promise<Staff> =>
  ctx.transaction(async (tx) => {
    const staff = await staffForChange(tx, id, rule, expectedVersion)
    await emitChanged(tx, [{ staff, fields: await apply(tx, staff) }])
    return staff
  }, idempotency)
