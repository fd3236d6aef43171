import { limits } from '@clientele/contracts'
import { checkList, checkRequiredText, checkText, type ValidationIssues } from '@clientele/kit'
import {
  checkContactPoints,
  contactPointContent,
  type GivenContactPoint,
  identifyContactPoints,
} from '../contact-points/contact-point.js'
import { type GivenMember, matchStoredEntries } from '../members/match-stored-entries.js'
import type { ContactPersonFields, ContactPersonInput } from './contact-person.input.js'
import type { ContactPerson } from './contact-person.js'

type Content = Pick<ContactPerson, 'name' | 'role'> & { contactPoints: Omit<GivenContactPoint, 'id' | 'path'>[] }
type GivenContactPerson = Pick<ContactPerson, 'name' | 'role'> & { contactPoints: GivenContactPoint[] } & GivenMember

const keys = [
  ({ name, role, contactPoints }: Content) => [name, role, contactPoints.map(contactPointContent)],
  ({ name, role }: Content) => [name, role],
  ({ name }: Content) => name,
]

/** Contact people as they are stored; undefined where none were given. Their order says nothing: known ones keep theirs, new ones follow. */
export const checkContactPeople = (
  issues: ValidationIssues,
  given: readonly ContactPersonInput[] | null | undefined,
  stored: readonly ContactPerson[],
  country: string | undefined,
): ContactPerson[] | undefined => {
  const people = checkList(issues, 'contactPeople', given, limits.contactPeople)?.map((person, index) => {
    const path = `contactPeople.${index}`
    return { id: person.id, path, ...checkContactPerson(issues, person, country, `${path}.`) }
  })
  if (!people) return undefined
  const identities = matchStoredEntries<Content, GivenContactPerson, ContactPerson>(issues, people, stored, keys)
  const taken = new Set<string>()
  const placeOf = (known: ContactPerson | undefined) => (known ? stored.indexOf(known) : stored.length)
  return people
    .map(({ name, role, contactPoints }, at) => {
      const { id = '', stored: known } = identities[at] ?? {}
      const points = identifyContactPoints(issues, contactPoints, known?.contactPoints ?? [], taken)
      return { place: placeOf(known), person: { id, name, role, contactPoints: points } }
    })
    .toSorted((a, b) => a.place - b.place)
    .map(({ person }) => person)
}

/** One contact person, `at` being the path in front of the fields; which contact points they have already is told by `identifyContactPoints`. */
export const checkContactPerson = (
  issues: ValidationIssues,
  given: ContactPersonFields,
  country: string | undefined,
  at = '',
): Omit<GivenContactPerson, keyof GivenMember> => ({
  ...checkNameAndRole(issues, given, at),
  contactPoints:
    checkContactPoints(issues, `${at}contactPoints`, given.contactPoints, country, limits.personContactPoints) ?? [],
})

export const checkNameAndRole = (
  issues: ValidationIssues,
  { name, role }: Pick<ContactPersonFields, 'name' | 'role'>,
  at = '',
): Pick<ContactPerson, 'name' | 'role'> => ({
  name: checkRequiredText(issues, `${at}name`, name, limits.contactPersonName),
  role: checkText(issues, `${at}role`, role, limits.contactPersonRole) ?? null,
})
