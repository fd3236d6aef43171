import { customerCreated } from '@clientele/contracts'
import { consumeBatch, validationIssues } from '@clientele/kit'
import { customers } from '../customer/customer.actions.js'
import { linkAll } from './external-ref.actions.js'
import { ExternalEntityType } from './external-ref.entity.js'
import { checkLink, type Link } from './link.js'

const ORIGINS = 'query ($ids: [ID!]!) { customersById(ids: $ids) { id origin { system externalId } } }'

interface Origins {
  customersById: ({ id: string; origin: { system: string; externalId: string } | null } | null)[]
}

/** Customers that came from outside are linked to their origin. Events carry no external ids, so profiles is asked, once per batch. */
export const linkOrigins = consumeBatch('integrations-link-origins', customerCreated, async (tx, events) => {
  const created = events.map(({ data }) => data)
  const { customersById } = await tx.ask<Origins>('profiles', ORIGINS, { ids: created.map(({ id }) => id) })
  const links: Link[] = customersById.flatMap((customer) =>
    customer?.origin
      ? { ...customer.origin, customerId: customer.id, entityType: ExternalEntityType.CUSTOMER, url: null }
      : [],
  )
  const fit = links.filter(isStorable)
  await customers.keep(tx, created)
  const refused = await linkAll(tx, fit)
  if (fit.length < links.length || refused.length) {
    tx.log.warn({ unfit: links.length - fit.length, refused: refused.length }, 'some origins were not linked')
  }
})

const isStorable = (link: Link) => {
  const issues = validationIssues()
  checkLink(issues, link)
  return issues.found.length === 0
}
