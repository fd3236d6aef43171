import { foldText } from '@clientele/contracts'
import { shownEmailAddress, type Transaction } from '@clientele/kit'
import { ContactPointKind } from '../contact-points/contact-kinds.js'
import type { ContactPoint } from '../contact-points/contact-point.js'
import type { Customer } from '../customers/customer.entity.js'
import { digitsFound } from './phone-digits.js'

const phoneKinds = new Set([ContactPointKind.PHONE, ContactPointKind.MOBILE, ContactPointKind.FAX])

const entries = (texts: readonly (string | null | undefined)[]) => {
  const all = [...new Set(texts.filter((text) => text))]
  return all.length ? `\n${all.join('\n')}\n` : ''
}

const emailSpellings = ({ normalized, value }: ContactPoint) =>
  normalized ? [normalized, shownEmailAddress(normalized)] : [value]

/** What a customer is found by: names, number, e-mail addresses, telephone numbers. */
export const searchEntryOf = (customer: Customer) => {
  const { person, organization, contactPeople } = customer
  const points: ContactPoint[] = [...customer.contactPoints, ...contactPeople.flatMap((one) => one.contactPoints)]
  const names = [
    customer.displayName,
    organization?.legalName,
    person && [person.familyName, person.givenName].filter(Boolean).join(' '),
    person && [person.givenName, person.familyName].filter(Boolean).join(' '),
    ...contactPeople.map(({ name }) => name),
  ]
  const emails = points.filter(({ kind }) => kind === ContactPointKind.EMAIL)
  const phones = points.filter(({ kind }) => phoneKinds.has(kind))
  return {
    customer_id: customer.id,
    names: entries(names.map((name) => name && foldText(name))),
    number: entries([foldText(customer.number)]),
    emails: entries(emails.flatMap(emailSpellings).map(foldText)),
    phones: entries(phones.flatMap(digitsFound)),
  }
}

/** Makes saved customers findable, in one statement. */
export const indexForSearch = async (tx: Pick<Transaction, 'em'>, customers: readonly Customer[]) => {
  if (!customers.length) return
  await tx.em.execute(
    `insert into customer_search (customer_id, names, number, emails, phones)
     select customer_id, names, number, emails, phones from jsonb_to_recordset(?::jsonb) as row
       (customer_id uuid, names text, number text, emails text, phones text)
     on conflict (tenant, customer_id) do update
       set names = excluded.names, number = excluded.number, emails = excluded.emails, phones = excluded.phones`,
    [JSON.stringify(customers.map(searchEntryOf))],
  )
}
