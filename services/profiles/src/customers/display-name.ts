import type { OrganizationDetails, PersonDetails } from './customer-details.js'

const cjk = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}·]+$/u

/** Name of a person: family name first and without a blank where both are written in East Asian script, else given name first. */
export const personName = ({
  familyName,
  givenName,
}: Pick<PersonDetails, 'familyName' | 'givenName'>): string | null => {
  if (!familyName || !givenName) return familyName || givenName || null
  if (cjk.test(familyName) && cjk.test(givenName)) return familyName + givenName
  return `${givenName} ${familyName}`
}

/** The display name that follows from the details, or null where they hold no name. */
export const derivedName = (of: {
  person?: PersonDetails | null
  organization?: OrganizationDetails | null
}): string | null => (of.organization ? of.organization.legalName : of.person ? personName(of.person) : null)
