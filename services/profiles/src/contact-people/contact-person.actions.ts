import { limits } from '@clientele/contracts'
import { countryOf } from '../addresses/address.js'
import { identifyContactPoints } from '../contact-points/contact-point.js'
import { refuseForeign } from '../customers/check-customer.js'
import { type Customer, CustomerKind } from '../customers/customer.entity.js'
import { memberActions } from '../members/member.actions.js'
import type { MemberKind, MemberPlace } from '../members/member-list.js'
import { checkContactPeople, checkContactPerson, checkNameAndRole } from './check-contact-person.js'
import type { ChangeContactPersonInput, ContactPersonFields, ContactPersonInput } from './contact-person.input.js'
import type { ContactPerson } from './contact-person.js'

const placeOf = ({ contactPeople: entries }: Customer): MemberPlace<ContactPerson> => ({
  entries,
  limit: limits.contactPeople,
  with: (contactPeople) => ({ contactPeople: [...contactPeople] }),
})

const kind: MemberKind<
  ContactPerson,
  object,
  ContactPersonFields,
  Pick<ChangeContactPersonInput, 'name' | 'role'>,
  { contactPeople: ContactPersonInput[] }
> = {
  concept: 'contact_person',
  adds: 'addContactPerson',
  placeOf: (issues, customer) => {
    if (customer.kind === CustomerKind.PERSON) refuseForeign(issues, 'customerId', customer.kind)
    return placeOf(customer)
  },
  placeWith: placeOf,
  add: (issues, customer, added) => {
    const { contactPoints, ...person } = checkContactPerson(issues, added, countryOf(customer.addresses))
    return { ...person, contactPoints: identifyContactPoints(issues, contactPoints, []) }
  },
  change: (issues, _, stored, { name, role }) => ({
    ...checkNameAndRole(issues, {
      name: name === undefined ? stored.name : (name ?? ''),
      role: role === undefined ? stored.role : role,
    }),
    contactPoints: stored.contactPoints,
  }),
  replace: (issues, customer, { contactPeople }, stored) =>
    checkContactPeople(issues, contactPeople, stored, countryOf(customer.addresses)) ?? [],
}

/** The changes of an organisation's contact people. */
export const contactPeople = memberActions(kind)
