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
const created = [Customer, Purchase, customerFiles.File, BulkChange, Team, BusinessCalendar]

/** What an automation may have created on behalf of its author. */
const createdOnBehalf = [Tag]

const persons = {
  type: Staff,
  find: (ctx: Context, subject: string | null | undefined) =>
    subject == null ? null : ctx.loaders.byId(Staff, staffEntityId(subject)),
}

export const createdResolvers = [
  ...creatorResolvers(persons, created, createdOnBehalf),
  ...personResolvers({ name: 'recorder', of: 'recordedBy', who: 'recorded it' }, persons, [ExchangeRate]),
]

const staffBy = (...columns: readonly string[]) =>
  row((of) => `select * from staff where subject = coalesce(${columns.map((one) => `${of}.${one}`).join(', ')})`)

export const createdReads = [
  ...created.map(({ name }) => reads(name, { creator: staffBy('created_by') })),
  ...createdOnBehalf.map(({ name }) => reads(name, { creator: staffBy('created_on_behalf_of', 'created_by') })),
]
