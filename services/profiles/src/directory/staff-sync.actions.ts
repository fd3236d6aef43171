import { staffEntityId, staffLeft, staffReturned } from '@clientele/contracts'
import { type Context, isolateFailures, retryOnConflict, type Transaction } from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { applyChanges } from './apply-changes.js'
import { decidedThere, proposedThere, recordPerson } from './directory-person.js'
import { Staff, StaffSource } from './staff.entity.js'
import { emitChanged } from './staff-changes.js'
import type { DirectoryPerson, StaffDirectory } from './staff-directory.js'
import { staffData, teamKeysOf } from './staff-event.js'

const mostAtOnce = 100
/** How many people are asked for at once. */
const abreast = 8

/** What a comparison with the directory has found. */
export interface StaffSynced {
  /** How many people the directory has. */
  people: number
  recorded: number
  changed: number
  left: number
  returned: number
}

/**
 * Brings the staff of a tenant to what the directory says: who is new is recorded, who changed is changed, who may not sign in any more or
 * is gone has left. Whom we cannot record is logged and stops nobody else. A directory that has nobody at all takes nobody away.
 */
export const compareStaff = async (ctx: Context, directory: StaffDirectory): Promise<StaffSynced> => {
  const seen = new Set<string>()
  const synced = { people: 0, recorded: 0, changed: 0, left: 0, returned: 0 }
  for await (const people of directory.everybody(ctx.actor.tenant)) {
    await bringIn(ctx, people, synced)
    for (const { subject } of people) seen.add(staffEntityId(subject))
  }
  if (seen.size) await leaveAll(ctx, directory, seen, synced)
  return { ...synced, people: seen.size }
}

const bringIn = async (ctx: Context, people: readonly DirectoryPerson[], synced: StaffSynced) => {
  const failed = await isolateFailures(people, async (part) =>
    count(synced, await retryOnConflict(() => ctx.transaction((tx) => compare(tx, part)))),
  )
  for (const [{ subject }, err] of failed) {
    ctx.log.warn({ tenant: ctx.actor.tenant, subject, err }, 'somebody cannot be recorded as the directory has them')
  }
}

/** Adds what a transaction has done, once it is committed. */
const count = (synced: StaffSynced, done: Partial<StaffSynced>) => {
  for (const key of Object.keys(done) as (keyof StaffSynced)[]) synced[key] += done[key] ?? 0
}

const compare = async (tx: Transaction, people: readonly DirectoryPerson[]) => {
  const known = await lockedStaff(
    tx,
    people.map(({ subject }) => staffEntityId(subject)),
  )
  const teams = await teamKeysOf(tx, [...known.keys()])
  const changed: { staff: Staff; fields: string[] }[] = []
  const done = { recorded: 0, left: 0, returned: 0 }
  for (const person of people) {
    const staff = known.get(staffEntityId(person.subject))
    if (!staff) {
      recordPerson(tx, person)
      done.recorded++
      continue
    }
    const fields = applyChanges(staff, { ...decidedThere(person), ...proposedThere(person, staff) })
    if (staff.active === person.enabled) changed.push({ staff, fields })
    else {
      moveTo(tx, staff, person.enabled, teams.get(staff.id) ?? [])
      done[person.enabled ? 'returned' : 'left']++
    }
  }
  await emitChanged(tx, changed)
  return { ...done, changed: changed.filter(({ fields }) => fields.length).length }
}

/** Whom the directory had and has no more: as its pages may shift while they are read, whoever was on none of them is asked for. */
const leaveAll = async (ctx: Context, directory: StaffDirectory, seen: ReadonlySet<string>, synced: StaffSynced) => {
  const known = { source: StaffSource.DIRECTORY, active: true }
  const active = await ctx.em.find(Staff, known, { fields: ['id', 'subject'] })
  const missed = active.filter(({ id }) => !seen.has(id))
  for (let at = 0; at < missed.length; at += mostAtOnce) {
    const part = missed.slice(at, at + mostAtOnce)
    const found = await askFor(ctx, directory, part)
    await bringIn(ctx, found, synced)
    const there = new Set(found.map(({ subject }) => staffEntityId(subject)))
    const gone = part.map(({ id }) => id).filter((id) => !there.has(id))
    const left = await ctx.transaction(async (tx) => {
      const staff = [...(await lockedStaff(tx, gone)).values()].filter(({ active }) => active)
      const teams = await teamKeysOf(
        tx,
        staff.map(({ id }) => id),
      )
      for (const one of staff) moveTo(tx, one, false, teams.get(one.id) ?? [])
      return staff.length
    })
    synced.left += left
  }
}

const askFor = async (ctx: Context, directory: StaffDirectory, staff: readonly Pick<Staff, 'subject'>[]) => {
  const people: DirectoryPerson[] = []
  for (let at = 0; at < staff.length; at += abreast) {
    const some = staff.slice(at, at + abreast)
    const found = await Promise.all(some.map(({ subject }) => directory.person(ctx.actor.tenant, subject)))
    people.push(...found.filter((person) => person !== null))
  }
  return people
}

/** Notes that somebody has left, or is back. */
export const moveTo = (tx: Transaction, staff: Staff, active: boolean, teams: readonly string[]) => {
  Object.assign(staff, { active, leftAt: active ? null : tx.now() })
  tx.emit(active ? staffReturned : staffLeft, staff, staffData(staff, teams))
}

const lockedStaff = async (tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, Staff>> => {
  const found = await tx.em.find(
    Staff,
    { id: { $in: [...ids] } },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
  )
  return new Map(found.map((staff) => [staff.id, staff]))
}
