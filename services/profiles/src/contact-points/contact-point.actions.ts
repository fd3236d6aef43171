import { limits } from '@clientele/contracts'
import { countryOf } from '../addresses/address.js'
import type { Customer } from '../customers/customer.entity.js'
import { memberActions } from '../members/member.actions.js'
import { type MemberKind, type MemberPlace, unknownEntry } from '../members/member-list.js'
import type { ChangeContactPointInput, ContactPointFields, ContactPointInput } from './contact-point.input.js'
import {
  type ContactPoint,
  checkContactPoint,
  checkContactPoints,
  identifyContactPoints,
  naturalKey,
} from './contact-point.js'

interface WhosePoints {
  contactPersonId?: string | null
}

const ownPoints = (customer: Customer): MemberPlace<ContactPoint> => ({
  entries: customer.contactPoints,
  limit: limits.contactPoints,
  with: (contactPoints) => ({ contactPoints: [...contactPoints] }),
})

const pointsOfPerson = ({ contactPeople }: Customer, id: string): MemberPlace<ContactPoint> | undefined => {
  const person = contactPeople.find((one) => one.id === id)
  return (
    person && {
      entries: person.contactPoints,
      limit: limits.personContactPoints,
      with: (contactPoints) => ({
        contactPeople: contactPeople.map((one) =>
          one === person ? { ...one, contactPoints: [...contactPoints] } : one,
        ),
      }),
    }
  )
}

const kind: MemberKind<
  ContactPoint,
  WhosePoints,
  ContactPointFields,
  Pick<ChangeContactPointInput, keyof ContactPointFields>,
  { contactPoints: ContactPointInput[] }
> = {
  concept: 'contact_point',
  adds: 'addContactPoint',
  placeOf: (_, customer, { contactPersonId }) => {
    const place = contactPersonId == null ? ownPoints(customer) : pointsOfPerson(customer, contactPersonId)
    if (!place) throw unknownEntry('contact_person')
    return place
  },
  placeWith: (customer, id) =>
    [ownPoints(customer), ...customer.contactPeople.map((person) => pointsOfPerson(customer, person.id))].find(
      (place) => place?.entries.some((point) => point.id === id),
    ),
  add: (issues, customer, added) => checkContactPoint(issues, added, countryOf(customer.addresses)),
  change: (issues, customer, stored, changed) => {
    const fields = {
      kind: changed.kind ?? stored.kind,
      value: changed.value === undefined ? stored.value : (changed.value ?? ''),
      country: changed.country,
    }
    return checkContactPoint(issues, fields, countryOf(customer.addresses))
  },
  identity: naturalKey,
  replace: (issues, customer, { contactPoints }, stored) => {
    const { limit } = stored === customer.contactPoints ? ownPoints(customer) : { limit: limits.personContactPoints }
    const points = checkContactPoints(issues, 'contactPoints', contactPoints, countryOf(customer.addresses), limit)
    return identifyContactPoints(issues, points ?? [], stored)
  },
}

/** The changes of a customer's contact points, and of those of the contact people. */
export const contactPoints = memberActions(kind)
