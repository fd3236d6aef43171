import { limits } from '@clientele/contracts'
import { checkList, checkText, type ValidationIssues, withoutRepeats } from '@clientele/kit'
import { canonicalTag } from '../settings/language-tag.js'
import { checkTimeZone } from '../settings/time-zone.js'
import type { Staff } from './staff.entity.js'
import type { StaffArrangements, StaffFields } from './staff.input.js'
import { checkWorkingHours } from './working-hours.js'

type Given = Partial<Pick<StaffFields, keyof StaffFields>> & { name?: string | null }

/** What an input says of a member of staff, in the form in which it is stored; what it leaves out is absent. */
export const checkStaffFields = (issues: ValidationIssues, given: Given): Partial<Staff> => {
  const name = checkText(issues, 'name', given.name, limits.staffName)
  if (given.name === null) issues.add('name', 'text.required', 'a name, which cannot be cleared')
  return present({
    ...checkArrangements(issues, given),
    ...(name != null && { name }),
    email: given.email,
    territories: checkKeys(issues, 'territories', given.territories, limits.staffTerritories),
    skills: checkKeys(issues, 'skills', given.skills, limits.staffSkills),
  })
}

/** The part of it that everybody decides for themselves. */
export const checkArrangements = (issues: ValidationIssues, given: StaffArrangements): Partial<Staff> =>
  present({
    language: checkLanguage(issues, given.language),
    timeZone: checkTimeZone(issues, given.timeZone),
    workingHours: checkWorkingHours(issues, given.workingHours),
  })

const present = (values: Record<string, unknown>): Partial<Staff> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

const checkKeys = (
  issues: ValidationIssues,
  path: string,
  given: readonly string[] | null | undefined,
  limit: { least: number; most: number },
) => {
  const keys = checkList(issues, path, given, limit)?.map((key, index) =>
    checkText(issues, `${path}.${index}`, key, limits.key),
  )
  return keys && withoutRepeats(issues, path, keys, (key) => key).flatMap((key) => (key ? [key] : []))
}

/** A language tag in its canonical form. */
const checkLanguage = (issues: ValidationIssues, given: string | null | undefined) => {
  const found = issues.found.length
  const text = checkText(issues, 'language', given, limits.language)
  if (text == null || issues.found.length > found) return text
  const tag = canonicalTag(text)
  issues.must(tag !== undefined, 'language', 'language.malformed', 'a language tag of BCP 47, such as zh-Hans or de')
  return tag
}
