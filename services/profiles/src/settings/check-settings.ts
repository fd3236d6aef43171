import { limits } from '@clientele/contracts'
import {
  checkList,
  checkNumber,
  checkRequiredText,
  checkText,
  unambiguousUrl,
  type ValidationIssues,
  validationIssues,
  withoutRepeats,
} from '@clientele/kit'
import { countryCode } from '../addresses/country.js'
import { canonicalTag } from './language-tag.js'
import type { TenantSettings } from './tenant-settings.entity.js'
import type { ChangeTenantSettingsInput } from './tenant-settings.input.js'
import { checkTimeZone } from './time-zone.js'

/** The settings as they are to be; what the input leaves out stays. Throws INVALID with all issues. */
export const checkSettings = (input: ChangeTenantSettingsInput, former: TenantSettings) => {
  const issues = validationIssues()
  const { country, currency } = input
  if (country != null) {
    issues.must(countryCode(country) === country, 'country', 'country.unknown', 'a code of ISO 3166-1, such as DE', {
      meant: null,
    })
  }
  const settings = {
    country: country ?? former.country,
    currency: currency ?? former.currency,
    timeZone: checkTimeZone(issues, input.timeZone ?? undefined) ?? former.timeZone,
    ratePivot: input.ratePivot ?? former.ratePivot,
    rateAgeDays: checkNumber(issues, 'rateAgeDays', input.rateAgeDays ?? former.rateAgeDays, limits.rateAgeDays),
    languages: checkLanguages(issues, input.languages) ?? former.languages,
    defaultCalendar: input.defaultCalendar ?? former.defaultCalendar,
    approvalLimits: checkLimits(issues, input.approvalLimits, former),
    visitCadences: checkCadences(issues, input.visitCadences) ?? former.visitCadences,
    complaintDeadlines: checkDeadlines(issues, input.complaintDeadlines, former),
    branding: checkBranding(issues, input.branding, former),
  }
  issues.refuse()
  return settings
}

type Given<Field extends keyof ChangeTenantSettingsInput> = ChangeTenantSettingsInput[Field]

const checkLanguages = (issues: ValidationIssues, given: Given<'languages'>) => {
  if (given == null) return undefined
  const tags = (checkList(issues, 'languages', given, limits.languages) ?? []).map((written, index) => {
    const path = `languages.${index}`
    const text = checkRequiredText(issues, path, written, limits.language)
    const tag = canonicalTag(text)
    if (text && !tag) issues.add(path, 'language.malformed', 'a tag of a language by BCP 47, such as zh or en-GB')
    return tag ?? text
  })
  return withoutRepeats(issues, 'languages', tags, (tag) => tag)
}

const checkLimits = (issues: ValidationIssues, given: Given<'approvalLimits'>, former: TenantSettings) => {
  const compensation = given?.compensation
  if (compensation === undefined) return former.approvalLimits
  issues.must(
    !compensation?.amount.startsWith('-'),
    'approvalLimits.compensation.amount',
    'number.out_of_range',
    'an amount of 0 or more',
    { least: 0 },
  )
  return { compensation: compensation && { amount: compensation.amount, currency: compensation.currency } }
}

const checkCadences = (issues: ValidationIssues, given: Given<'visitCadences'>) => {
  if (given == null) return undefined
  const list = (checkList(issues, 'visitCadences', given, limits.visitCadences) ?? []).map((one, index) => ({
    customerClass: checkRequiredText(issues, `visitCadences.${index}.customerClass`, one.customerClass, limits.key),
    days: checkNumber(issues, `visitCadences.${index}.days`, one.days, limits.cadenceDays),
  }))
  return withoutRepeats(issues, 'visitCadences', list, ({ customerClass }) => customerClass, 'customerClass').toSorted(
    (a, b) => (a.customerClass < b.customerClass ? -1 : 1),
  )
}

const checkDeadlines = (issues: ValidationIssues, given: Given<'complaintDeadlines'>, former: TenantSettings) => {
  const path = 'complaintDeadlines'
  const list = checkList(issues, path, given ?? undefined, limits.complaintDeadlines) ?? []
  const bySeverity = new Map(
    withoutRepeats(issues, path, list, ({ severity }) => severity, 'severity').map((one) => [one.severity, one]),
  )
  for (const [index, { acknowledge, resolve }] of list.entries()) {
    checkNumber(issues, `${path}.${index}.acknowledge`, acknowledge, limits.deadlineHours)
    checkNumber(issues, `${path}.${index}.resolve`, resolve, limits.deadlineHours)
    issues.must(acknowledge <= resolve, `${path}.${index}.resolve`, 'deadline.reversed', 'not less than acknowledge')
  }
  return former.complaintDeadlines.map((one) => {
    const { acknowledge, resolve } = bySeverity.get(one.severity) ?? one
    return { severity: one.severity, acknowledge, resolve }
  })
}

const checkBranding = (issues: ValidationIssues, given: Given<'branding'>, former: TenantSettings) => {
  if (!given) return former.branding
  const { color, logoUrl } = given
  const below = issues.below('branding')
  below.must(color == null || /^#[0-9a-fA-F]{6}$/.test(color), 'color', 'color.malformed', 'a colour, #rrggbb')
  const url = logoUrl == null ? undefined : httpsUrl(logoUrl)
  const isRead = logoUrl == null || url !== undefined
  below.must(isRead, 'logoUrl', 'url.malformed', 'an https URL that every parser reads alike')
  const name = checkText(below, 'name', given.name, limits.brandName)
  return {
    name: name === undefined ? former.branding.name : name,
    color: color === undefined ? former.branding.color : (color?.toLowerCase() ?? null),
    logoUrl: logoUrl === undefined ? former.branding.logoUrl : (url ?? null),
  }
}

const httpsUrl = (text: string) => {
  const url = text.length <= limits.url.most ? unambiguousUrl(text) : undefined
  return url?.protocol === 'https:' && url.href.length <= limits.url.most ? url.href : undefined
}
