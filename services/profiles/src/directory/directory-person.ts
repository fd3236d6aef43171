import { timeZoneName } from '@clientele/business-calendar'
import {
  accountRoles,
  limits,
  malformedCharacter,
  normalizeLine,
  partnerRole,
  patternOf,
  roleNames,
  serviceRole,
  staffRecorded,
} from '@clientele/contracts'
import { readEmailAddress, type Transaction } from '@clientele/kit'
import { canonicalTag } from '../settings/language-tag.js'
import { newStaff } from './new-staff.js'
import { type Staff, StaffSource } from './staff.entity.js'
import type { DirectoryPerson } from './staff-directory.js'
import { staffData } from './staff-event.js'

/** Those of the realm that people have; a program has the others. */
const staffRoles = roleNames.filter(
  (role) => role !== serviceRole && role !== partnerRole && !(accountRoles as readonly string[]).includes(role),
)

/** What the directory decides on, in the form in which it is stored; what it writes otherwise than it may be is left out. */
export const decidedThere = ({ subject, name, email, territories, roles }: DirectoryPerson): Partial<Staff> => ({
  source: StaffSource.DIRECTORY,
  name: [...(lineOf(name) || subject)].slice(0, limits.staffName.most).join(''),
  email: email === null ? null : (readEmailAddress(email) ?? null),
  // Those of the realm that mean something here.
  roles: roles && staffRoles.filter((role) => roles.includes(role)),
  territories: [...new Set(territories.map(lineOf))]
    .filter((path) => patternOf(limits.key).test(path))
    .slice(0, limits.staffTerritories.most),
})

/** A text that comes from elsewhere, without the characters that no text may hold. */
const lineOf = (text: string) =>
  normalizeLine([...text].filter((character) => malformedCharacter(character) === undefined).join(''))

/** What it only proposes: whoever has chosen a language or a time zone here keeps it. */
export const proposedThere = (
  { language, timeZone }: DirectoryPerson,
  chosen: Pick<Staff, 'language' | 'timeZone'> = { language: null, timeZone: null },
): Partial<Staff> => ({
  language: chosen.language ?? (language === null ? null : (canonicalTag(language) ?? null)),
  timeZone: chosen.timeZone ?? (timeZone === null ? null : (timeZoneName(timeZone) ?? null)),
})

/** Records somebody whom the directory has, unless another source is named; who may not sign in any more has left. */
export const recordPerson = (
  tx: Transaction,
  person: DirectoryPerson,
  source: StaffSource = StaffSource.DIRECTORY,
): Staff => {
  const gone = person.enabled ? {} : { active: false, leftAt: tx.now() }
  const staff = newStaff(tx, {
    ...{ subject: person.subject, ...decidedThere(person), ...proposedThere(person), ...gone, source },
  })
  tx.emit(staffRecorded, staff, staffData(staff, []))
  return staff
}
