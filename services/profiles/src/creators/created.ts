import { staffEntityId } from '@clientele/contracts'
import { type Context, creatorResolvers, personResolvers } from '@clientele/kit'
import { reads, row } from '@clientele/query-compiler'
import { BulkChange } from '../bulk-changes/bulk-change.entity.js'
import { BusinessCalendar } from '../calendars/calendar.entity.js'
import { Customer } from '../customers/customer.entity.js'
import { Staff } from '../directory/staff.entity.js'
import { customerFiles } from '../files/customer-files.js'
import { Purchase } from '../purchases/purchase.entity.js'
import { ExchangeRate } from '../rates/exchange-rate.entity.js'
import { Tag } from '../tags/tag.entity.js'
import { Team } from '../teams/team.entity.js'

/** What somebody created. */
const created = [Customer, Purchase, customerFiles.File, BulkChange, Team, BusinessCalendar, Tag]

const persons = {
  type: Staff,
  find: (ctx: Context, subject: string | null | undefined) =>
    subject == null ? null : ctx.loaders.byId(Staff, staffEntityId(subject)),
}

export const createdResolvers = [
  ...creatorResolvers(persons, created),
  ...personResolvers({ name: 'recorder', of: 'recordedBy', who: 'recorded it' }, persons, [ExchangeRate]),
]

export const createdReads = created.map(({ name }) =>
  reads(name, {
    creator: row((one) => {
      const subject =
        name === Tag.name ? `coalesce(${one}.created_on_behalf_of, ${one}.created_by)` : `${one}.created_by`
      return `select * from staff where subject = ${subject}`
    }),
  }),
)
